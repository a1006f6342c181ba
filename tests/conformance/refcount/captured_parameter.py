import sys
def outer(a):
    before = sys.getrefcount(a)
    return before, (lambda: sys.getrefcount(a))
x = []
before, inner = outer(x)
print(before, inner(), sys.getrefcount(x))
def f():
    y = []
    before, inner = outer(y)
    print(before, inner(), sys.getrefcount(y))
f()
