import sys
k = (1, [])
k = 'a' * 5 + str(k)
base = sys.getrefcount(k)
d = {k: k}
print(sys.getrefcount(k) - base)
d[k] = 1
print(sys.getrefcount(k) - base)
s = {k}
print(sys.getrefcount(k) - base)
del d[k]
s.discard(k)
print(sys.getrefcount(k) - base)
