import sys
def one(a):
    return two(a)
def two(b):
    return three(b)
def three(c):
    return sys.getrefcount(c)
x = []
print(one(x))
def f():
    y = []
    print(one(y))
f()
