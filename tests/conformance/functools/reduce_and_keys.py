# reduce and cmp_to_key.
import sys
from _functools import cmp_to_key, reduce


class Loud:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        print('add', self.n, other.n, sys.getrefcount(self), sys.getrefcount(other))
        return Loud(self.n + other.n)

    def __del__(self):
        print('dies:', self.n)


print(reduce(lambda a, b: a + b, [Loud(1), Loud(2), Loud(3)]).n)
print(reduce(Loud.__add__, (Loud(i) for i in range(3)), Loud(10)).n)
kept = []


def keep(*args):
    kept.append(args)
    return len(kept)


print(reduce(keep, 'abcd'), kept)
import _operator
print(reduce(_operator.add, [[1], [2], [3]], []), reduce(max, [4]), reduce(None, [7]))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: reduce(max, []))
attempt(lambda: reduce(max))
attempt(lambda: reduce(max, 5))
attempt(lambda: reduce(max, [1], 2, 3))
attempt(lambda: reduce(lambda a, b: 1 / 0, [1, 2]))

K = cmp_to_key(lambda a, b: (a > b) - (a < b))
x = Loud(5)
k = K(x)
print(sys.getrefcount(x), k.obj is x, type(k).__name__)
del x, k
print(K(1) < K(2), K(1) == K(1), K(2) >= K(3), sorted([3, 1, 2], key=K))
attempt(lambda: K(1) < 2)
attempt(lambda: hash(K(1)))
attempt(lambda: K())
attempt(lambda: K(1, 2))
attempt(lambda: K < K)
attempt(lambda: cmp_to_key())
print(cmp_to_key(mycmp=max)(obj=3).obj)
