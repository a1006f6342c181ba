t = (1, 'a', [2])
print(t, t[0], t[-1], t[1:], len(t), (1,), (), 1, t + (3,), t * 2, 'a' in t)
t[2].append(3)
print(t, t.index('a'), t.count(1), t == (1, 'a', [2, 3]), (1, 2) < (1, 3), hash((1, 2)) == hash((1, 2)))
try:
    t[0] = 5
except TypeError as e:
    print(e)
try:
    hash(t)
except TypeError as e:
    print(e)
print(tuple('abc'), tuple([1, 2]), tuple(), (*t[:2], *'xy'))
