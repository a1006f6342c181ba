import sys
def show(a, b):
    return sys.getrefcount(a)
def f(c):
    y = []
    print(show(y, 1))
    print(show(y, 1 if c else 2))
    print(show(y, c and 2))
    print(sys.getrefcount(c and y))
    print(sys.getrefcount(y if c else c))
f(True)
