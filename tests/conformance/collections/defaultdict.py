# defaultdict: the factory is held, called for missing keys, and dies with the dict.
import gc
import sys
from _collections import defaultdict


def count_of(x):
    return sys.getrefcount(x) - 2


class Factory:
    def __call__(self):
        print('called')
        return [self]

    def __del__(self):
        print('factory dies')


f = Factory()
d = defaultdict(f)
print(count_of(f), gc.is_tracked(d))
v = d['a']
print(count_of(f), count_of(v), d['a'] is v, len(d))
e = d.copy()
print(count_of(f), type(e).__name__, e.default_factory is f)
del f, e, v
d.default_factory = None
gc.collect()
print('cleared')
d.clear()
print(d)
try:
    d['missing']
except KeyError as err:
    print('KeyError', err)

d = defaultdict(int, a=1, b=2)
d['c'] += 1
print(d, d | {'z': 9}, {'y': 8} | d, d.__reduce__()[:4])
d |= {'w': 1}
print(d.get('nothing'), d.pop('w'), sorted(d))
print(defaultdict(list, [(1, 2)]), defaultdict(), defaultdict(None, {}))
d = defaultdict(list)
d['self'] = d
print(d)
for bad in (lambda: defaultdict(1), lambda: defaultdict(int, 3), lambda: defaultdict(int, [1])):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Sub(defaultdict):
    def __setitem__(self, key, value):
        print('set', key, value)
        super().__setitem__(key, value)


s = Sub(int)
print(s['k'], s, s.default_factory)
s.__missing__('m')
print(s)


class Named(defaultdict):
    def __missing__(self, key):
        return 'no ' + key


print(Named(int)['x'])


class Fails:
    def __call__(self):
        raise LookupError('cannot')


try:
    defaultdict(Fails())['a']
except LookupError as e:
    print(e)
del d.default_factory
print(d.default_factory)
