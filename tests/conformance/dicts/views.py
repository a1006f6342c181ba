d = {'a': 1, 'b': 2}
keys, values, items = d.keys(), d.values(), d.items()
d['c'] = 3
print(keys, values, items, len(keys), 'c' in keys, ('a', 1) in items, 3 in values)
print(keys & {'a', 'z'}, keys == {'a', 'b', 'c'}, sorted(keys | {'z'}), sorted(keys - {'a'}), keys.isdisjoint('xy'))
print(list(reversed(items)), sum(values))
