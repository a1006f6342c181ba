import sys
x = []
def f():
    y = x
    print(sys.getrefcount(x), sys.getrefcount(y))
    def g(a):
        return sys.getrefcount(a)
    print(g(x), g(y))
f()
print(sys.getrefcount(x))
