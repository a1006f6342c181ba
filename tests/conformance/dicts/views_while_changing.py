# keys, values and items are windows: they change with the dict; set operations on them are copies.
import sys

d = {'a': 1, 'b': 2}
keys, values, items = d.keys(), d.values(), d.items()
d['c'] = 3
print(list(keys), list(values), list(items), len(items), sys.getrefcount(d))
print(keys & {'a', 'x'}, sorted(keys | ['z']), sorted(keys - {'a'}), sorted(keys ^ {'a', 'q'}))
print(('a', 1) in items, ('a', 2) in items, 3 in values, keys == {'a', 'b', 'c'}, keys.isdisjoint('xyz'))
print(list(reversed(d)), list(reversed(items)), keys.mapping['a'])
del d['a']
print(keys, values, items)
it = iter(d)
print(next(it))
d['b'] = 20
print(next(it), list(it))
it = iter(d.items())
del d['b']
try:
    next(it)
except RuntimeError as error:
    print(error)
for key in list(d):
    del d[key]
print(d, keys)
d.update(x=1)
print(keys)
try:
    keys.mapping['y'] = 1
except TypeError as error:
    print(error)
e = {'k': []}
print(e.items() == {'k': []}.items(), e.keys() <= {'k': 0}.keys())
try:
    e.items() & {1}
except TypeError as error:
    print(error)
print(d | e, {**d, **e, 'x': 2}, d.setdefault('n', []) is d['n'], d.popitem())
d |= [('z', 26)]
print(d, dict.fromkeys('ab', []), dict(zip('ab', [1, 2])))
