# At which numbers of entries dicts and sets take a bigger table; deleting gives nothing back.
import sys


def points(make, add, rounds):
    table = make()
    last, out = sys.getsizeof(table), []
    for i in range(rounds):
        add(table, i)
        if sys.getsizeof(table) != last:
            last = sys.getsizeof(table)
            out.append(len(table))
    return out


print(points(dict, lambda d, i: d.__setitem__(i, i), 400))
print(points(dict, lambda d, i: d.__setitem__(str(i), i), 100))
print(points(set, lambda s, i: s.add(i), 400))
d = {i: i for i in range(100)}
big = sys.getsizeof(d)
for i in range(95):
    del d[i]
print(len(d), sys.getsizeof(d) == big, sys.getsizeof(dict(d)) < big, sys.getsizeof(d.copy()) < big)
d.clear()
print(sys.getsizeof(d) <= sys.getsizeof({1: 1}), sys.getsizeof({}) < sys.getsizeof({1: 1}))
s = set(range(100))
big = sys.getsizeof(s)
for i in range(95):
    s.discard(i)
print(sys.getsizeof(s) == big, sys.getsizeof(set(s)) < big, sys.getsizeof(frozenset(s)) < big)
s.clear()
print(sys.getsizeof(s) == sys.getsizeof(set()))
print(points(dict, lambda d, i: d.update({i: 1, -i - 1: 2}), 60))
