import sys
def show(a):
    return sys.getrefcount(a)
def f():
    y = []
    print(show(y))
    print(show([]))
    print(show(a=y))
f()
