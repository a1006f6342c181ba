# [[]] * n, aliases inside lists, lists in themselves: what is one object and what are several.
import gc
import sys

row = [0]
grid = [row] * 3
grid[0][0] = 5
print(grid, sys.getrefcount(row), [r is row for r in grid])
fresh = [[0] for _ in range(3)]
fresh[0][0] = 5
print(fresh)
a = [1, 2]
b = [a, a]
c = b[:]
print(c[0] is a, c == b, c is b, sys.getrefcount(a))
b[0] = b
print(b, b[0] is b, b[0][0][1] is a)
b.append(b)
print(b, len(b), b[-1][-1] is b)
d = {}
d['me'] = d
print(d, d['me'] is d)
e = []
e.append((e,))
print(e, e[0][0] is e)
f, g = [], []
f.append(g)
g.append(f)
print(f, g)
gc.disable()
del a, b, c, d, e, f, g
print(gc.collect())
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(error)
print(t)
