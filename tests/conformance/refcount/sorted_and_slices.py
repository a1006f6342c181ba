import sys
x, y = [1], [2]
s = sorted([y, x])
print(sys.getrefcount(x), sys.getrefcount(y))
r = s[::-1]
print(sys.getrefcount(x))
s[0:1] = []
print(sys.getrefcount(x))
r.pop(); r.pop()
print(sys.getrefcount(x), sys.getrefcount(y))
