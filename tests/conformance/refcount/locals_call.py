import sys
def f():
    x = []
    d = locals()
    print(sys.getrefcount(x), sorted(d), d is locals())
    del d
    print(sys.getrefcount(x))
f()
