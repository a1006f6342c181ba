# What each iterator holds while it runs.
import gc
import sys
from itertools import *


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print('dies:', self.name)


def count_of(x):
    return sys.getrefcount(x) - 2


x = Thing('x')
y = Thing('y')
l = [x, y]
print('start', count_of(x), count_of(y), count_of(l))

c = chain(l, l)
print('chain', count_of(x), count_of(l))
a = next(c)
print('chain next', count_of(x), count_of(l))
del a
list(c)
print('chain done', count_of(x), count_of(l))

p = product(l, repeat=2)
print('product', count_of(x), count_of(l))
r = next(p)
print('product next', count_of(x), count_of(r), r)
i = id(r)
del r
r = next(p)
print('reused', id(r) == i, count_of(r), r)
s = next(p)
print('not reused', s is r, r, s)
del r, s, p
print('product gone', count_of(x))

z = zip_longest(l, [x], fillvalue=y)
print('zip_longest', count_of(x), count_of(y), count_of(l))
for pair in z:
    print(pair, count_of(pair))
del pair, z
print(count_of(x), count_of(y), count_of(l))

w = pairwise(l)
pair = next(w)
print('pairwise', pair, count_of(x), count_of(y), count_of(pair))
del pair
print(next(w, None), count_of(x), count_of(y))
del w

t1, t2 = tee(l)
print('tee', count_of(l), gc.is_tracked(t1))
v = next(t1)
print(count_of(x))
v = next(t2)
print(count_of(x))
del t1
print(count_of(x))
del t2, v
print('tee gone', count_of(x), count_of(l))

g = groupby(l, key=lambda o: 1)
k, group = next(g)
print('groupby', count_of(x), count_of(g), count_of(group))
v = next(group)
print(count_of(x), count_of(y))
del v
print(count_of(x), count_of(y))
v = next(group)
print(count_of(x), count_of(y))
del g, k, group, v
print(count_of(x), count_of(y))

cy = cycle(l)
v = [next(cy) for _ in range(5)]
print('cycle', count_of(x), count_of(y), count_of(l))
del v, cy
print(count_of(x), count_of(y), count_of(l))

acc = accumulate(l, lambda a, b: a)
v = next(acc)
print('accumulate', count_of(x), count_of(y))
v = next(acc)
print(count_of(x), count_of(y))
del acc, v

rep = repeat(x, 2)
print('repeat', count_of(x), next(rep), count_of(x), rep)
del rep

st = starmap(lambda *a: len(a), [(x, y), [x]])
print('starmap', count_of(x), list(st), count_of(x))
del st
print(count_of(x))

cm = combinations(l, 2)
v = next(cm)
print('combinations', v, count_of(x), count_of(v))
del cm
print(count_of(v), count_of(x))
del v
pm = permutations(l)
v = next(pm)
v = next(pm)
print('permutations', v, count_of(x), count_of(v))
del pm, v

b = batched([x, y, x], 2)
v = next(b)
print('batched', v, count_of(x), count_of(v), gc.is_tracked(v))
v = next(b)
print(v, count_of(x))
del b, v

tw = takewhile(lambda o: o is x, l)
print('takewhile', next(tw), next(tw, 'end'), count_of(x), count_of(y))
del tw
f = filterfalse(lambda o: o is x, l)
print('filterfalse', next(f), count_of(x), count_of(y))
del f
co = compress(l, [0, 1])
print('compress', next(co), count_of(x), count_of(y))
del co
isl = islice(l, 1, None)
print('islice', next(isl), count_of(l), next(isl, 'end'), count_of(l))
del isl
ct = count(10**30, 3)
v = next(ct)
print('count', v, count_of(v), ct)
print('end', count_of(x), count_of(y), count_of(l))
del l
del x
print('x deleted')
del y
