import sys
def f():
    x = []
    print(sys.getrefcount(x))
    y = x
    print(sys.getrefcount(x), sys.getrefcount(y))
    del x
    print(sys.getrefcount(y))
f()
