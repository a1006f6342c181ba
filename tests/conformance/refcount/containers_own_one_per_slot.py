import sys
k = []
base = sys.getrefcount(k)
def more():
    return sys.getrefcount(k) - base
l = [k] * 5
print(more())
t = (k, k)
print(more())
u = t[:]
print(more(), u is t)
d = {1: k, 2: k}
print(more())
e = d.copy()
print(more())
m = l[1:3] + list(t)
print(more())
del l[:2]
print(more())
l.clear(); d.clear(); e.clear(); m.clear()
print(more())
del t, u
print(more())
