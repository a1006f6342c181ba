import sys
def f(a=[], *, k={}):
    return sys.getrefcount(a), sys.getrefcount(k)
print(f())
print(sys.getrefcount(f.__defaults__[0]), sys.getrefcount(f.__kwdefaults__['k']))
def g():
    y = []
    print(f(y, k=y))
g()
