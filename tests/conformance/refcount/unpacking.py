import sys
x, y = [], []
pair = (x, y)
a, b = pair
print(sys.getrefcount(x), sys.getrefcount(a), sys.getrefcount(pair))
first, *rest = [x, y, x]
print(sys.getrefcount(x), sys.getrefcount(y), sys.getrefcount(rest))
a, b = b, a
print(sys.getrefcount(x), sys.getrefcount(y))
