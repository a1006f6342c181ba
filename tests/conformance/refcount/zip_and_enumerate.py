import sys
x = []
z = zip([x], [x])
print(sys.getrefcount(x))
pair = next(z)
print(sys.getrefcount(x), sys.getrefcount(pair))
del z
print(sys.getrefcount(x))
for i, item in enumerate([x]):
    print(i, sys.getrefcount(x))
print(sys.getrefcount(x))
