# Deaths in order, cycles through iterators, tracking and sizes of words.
import gc
import weakref
from itertools import *


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('dies:', self.name)


def source(*names):
    for n in names:
        yield Loud(n)


print('-- tee over many nodes')
a, b = tee(range(200))
print(sum(a), sum(b))
a, b = tee(source('1', '2', '3'))
next(a), next(a)
print('b lags')
del b
print('b gone')
del a
print('a gone')

print('-- chain drops what it has read')
it = chain(source('c1'), source('c2'))
print(next(it).name)
print(next(it).name)
print(next(it, None))

print('-- a cycle through each')
for make in (
    lambda l: chain(l),
    lambda l: cycle(l),
    lambda l: tee(l)[0],
    lambda l: accumulate(l),
    lambda l: islice(l, 3),
    lambda l: product(l),
    lambda l: permutations(l),
    lambda l: combinations(l, 1),
    lambda l: combinations_with_replacement(l, 1),
    lambda l: zip_longest(l, l),
    lambda l: repeat(l),
    lambda l: starmap(print, l),
    lambda l: takewhile(bool, l),
    lambda l: dropwhile(bool, l),
    lambda l: filterfalse(bool, l),
    lambda l: compress(l, l),
    lambda l: batched(l, 2),
    lambda l: pairwise(l),
    lambda l: groupby(l),
):
    l = [Loud('in cycle')]
    it = make(l)
    l.append(it)
    print(type(it).__name__, gc.is_tracked(it))
    if type(it).__name__ not in ('product', 'permutations', 'combinations', 'combinations_with_replacement'):
        next(it, None)
    del l, it
    gc.collect()

print('-- types')
for t in (chain, count, product, tee([])[0].__class__):
    print(t, t.__module__, t.__qualname__, gc.is_tracked(t))
try:
    chain.x = 1
except TypeError as e:
    print(e)
try:
    tee([])[0].x = 1
except AttributeError as e:
    print(e)
t = tee([1, 2])[0]
r = weakref.ref(t)
print(r() is t)
del t
print(r())


class Sub(chain):
    def __init__(self, *a, **kw):
        self.kw = kw


s = Sub('ab', 'c', key=1)
print(list(s), s.kw)
