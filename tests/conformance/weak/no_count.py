import sys, weakref
class C:
    pass
c = C()
before = sys.getrefcount(c)
r = weakref.ref(c)
print(sys.getrefcount(c) == before, weakref.getweakrefcount(c))
strong = r()
print(sys.getrefcount(c) - before)
