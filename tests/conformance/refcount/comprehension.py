import sys
x = []
print([sys.getrefcount(x) for _ in range(2)])
print([sys.getrefcount(y) for y in [x]])
def f():
    z = []
    print([sys.getrefcount(z) for _ in range(2)])
    print([sys.getrefcount(y) for y in [z, z]])
    print(sys.getrefcount(z))
f()
print(sys.getrefcount(x))
