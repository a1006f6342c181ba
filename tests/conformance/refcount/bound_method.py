import sys
class C:
    def m(self):
        return sys.getrefcount(self)
o = C()
bound = o.m
print(sys.getrefcount(o), bound())
def f():
    p = C()
    b = p.m
    print(sys.getrefcount(p), b())
    del b
    print(sys.getrefcount(p))
f()
