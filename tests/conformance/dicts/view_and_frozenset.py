# What kind of set comes of a dict view and a set of either kind.
d = {'a': 1, 'b': 2}
for other in ({'b', 'c', 'd'}, frozenset('bcd'), frozenset('b'), {'b'}, 'bcd', {'b': 0}.keys(), [], {'b': 0}):
    for view in (d.keys(), d.items(), {}.keys()):
        print(type(view & other).__name__, sorted(view & other), end='; ')
    print(type(d.keys() | other).__name__, type(d.keys() - other).__name__, type(d.keys() ^ other).__name__)
    try:
        print(type(other & d.keys()).__name__, sorted(other & d.keys()))
    except TypeError as e:
        print(e)


class S(set):
    pass


print(type(d.keys() & S('bcd')), type(S('b') & d.keys()))
