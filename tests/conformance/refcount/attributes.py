import sys
class C:
    pass
v = []
a, b = C(), C()
a.x = v
a.y = v
b.x = v
print(sys.getrefcount(v))
del a.y
print(sys.getrefcount(v))
a.x = None
print(sys.getrefcount(v))
del b
print(sys.getrefcount(v))
C.shared = v
print(sys.getrefcount(v), sys.getrefcount(a))
