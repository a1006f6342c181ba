import sys
def f(a):
    b = a
    return sys.getrefcount(a)
x = []
print(f(x))
def g():
    y = []
    print(f(y))
    z = y
    print(f(z), sys.getrefcount(z))
g()
