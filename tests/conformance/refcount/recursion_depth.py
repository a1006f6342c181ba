import sys
def down(a, n):
    if n == 0:
        return sys.getrefcount(a)
    return down(a, n - 1)
x = []
print(down(x, 50))
def f():
    y = []
    print(down(y, 50))
f()
