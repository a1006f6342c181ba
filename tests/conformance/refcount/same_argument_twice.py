import sys
def two(a, b):
    return sys.getrefcount(a)
x = []
print(two(x, x))
def f():
    y = []
    print(two(y, y))
f()
