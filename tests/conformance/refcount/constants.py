import sys
def f():
    x = 2.5
    return sys.getrefcount(x)
y = 1234.5
print(f(), sys.getrefcount(y))
def g():
    return 'not an identifier!'
print(sys.getrefcount(g()))
def h():
    t = (1, 'two', 3.5)
    return sys.getrefcount(t)
print(h())
