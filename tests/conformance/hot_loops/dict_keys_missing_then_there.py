# A dict filled in a hot loop: texts, small ints, -1, floats equal to ints, then keys of a class that compares itself.
import sys


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return self.n == getattr(other, 'n', other)


def fill(keys, value):
    d = {}
    for key in keys:
        if key in d:
            d[key] += 1
        else:
            d[key] = value
    return d


value = 'v' * 3
texts = ['k%d' % (i % 40) for i in range(300)]
ints = [i % 37 - 3 for i in range(300)]
mixed = ints + [float(i % 5) for i in range(50)] + [True, False, -1, -1.0, 2**40, 2**40]
for keys in (texts, ints, mixed, [Key(i % 7) for i in range(60)] + [3, 4]):
    d = fill(keys, 1)
    print(len(d), sum(d.values()), list(d.values())[:6])
shared = object()
d = {n: shared for n in range(200)}
print(sys.getrefcount(shared), len(d))
for n in range(0, 200, 2):
    d[n] = None
print(sys.getrefcount(shared))
for n in range(1, 200, 2):
    del d[n]
print(sys.getrefcount(shared), len(d), sys.getsizeof(d) > 0)
