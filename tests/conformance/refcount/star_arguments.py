import sys
def show(a):
    return sys.getrefcount(a)
def rest(*args):
    return sys.getrefcount(args[0]), sys.getrefcount(args)
def keys(**kw):
    return sys.getrefcount(kw['a']), sys.getrefcount(kw)
x = []
print(show(*[x]), show(*(x,)), show(**{'a': x}), rest(x), keys(a=x))
def f():
    y = []
    print(show(*[y]), show(*(y,)), show(**{'a': y}), rest(y), keys(a=y))
f()
