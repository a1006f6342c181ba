import sys
x = [1, 2]
g = (sys.getrefcount(x) for _ in x)
print(sys.getrefcount(x))
print(list(g), sys.getrefcount(x))
def f():
    y = [1, 2]
    h = (item for item in y)
    print(sys.getrefcount(y))
    next(h)
    print(sys.getrefcount(y))
    del h
    print(sys.getrefcount(y))
f()
