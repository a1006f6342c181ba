import sys
def gen(a):
    yield sys.getrefcount(a)
    b = a
    yield sys.getrefcount(a)
    yield sys.getrefcount(b)
x = []
g = gen(x)
print(sys.getrefcount(x))
print(next(g), sys.getrefcount(x))
print(next(g), sys.getrefcount(x))
g.close()
print(sys.getrefcount(x))
def f():
    y = []
    g = gen(y)
    print(list(g), sys.getrefcount(y))
    del g
    print(sys.getrefcount(y))
f()
