import sys
x = []
def count():
    return sys.getrefcount(x)
def f(*args):
    return args[-1]
print(f(x, count()), f(x, x, count()), [x, x, count()][2], {'k': x, 'n': count()}['n'])
def local():
    y = []
    def count():
        return 0
    return f(y, sys.getrefcount(y)), [y, y, sys.getrefcount(y)][2]
print(local())
def uncaptured(y):
    return f(y, sys.getrefcount(y)), [y, y, sys.getrefcount(y)][2], (y, sys.getrefcount(y))[1]
print(uncaptured([]), uncaptured(x))
