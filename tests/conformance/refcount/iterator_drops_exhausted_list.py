import sys
x = [1, 2]
it = iter(x)
print(sys.getrefcount(x))
next(it)
print(sys.getrefcount(x))
next(it)
print(sys.getrefcount(x))
next(it, None)
print(sys.getrefcount(x))
