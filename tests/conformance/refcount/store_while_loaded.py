import sys
def show(a, b):
    return sys.getrefcount(a), sys.getrefcount(b)
def f():
    x = []
    print(show(x, (x := [])))
    a, b = [], []
    a, b = b, a
    print(show(a, b))
    c = d = []
    print(show(c, d))
f()
