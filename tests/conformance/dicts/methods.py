d = {'a': 1, 'b': 2}
print(d['a'], d.get('x'), d.get('x', 0), d.setdefault('c', 3), d.setdefault('a', 9), len(d), 'a' in d, 1 in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()), d.pop('a'), d.pop('zz', None), d.popitem(), d)
d.update({'x': 1}, y=2)
d.update([('z', 3)])
print(d, dict(a=1), dict([(1, 2)]), dict.fromkeys('ab', 0), dict(d) == d, d | {'x': 9}, dict(d, x=5))
d |= {'w': 0}
print(d, d.copy() is d, list(reversed(d)))
d.clear()
print(d)
