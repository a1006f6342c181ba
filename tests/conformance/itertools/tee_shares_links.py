# tee keeps what one branch has seen and another has not; when the last branch passes, it is let go.
import itertools
import sys


class Item:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print('del', self.n)


def items(n):
    for i in range(n):
        yield Item(i)


a, b = itertools.tee(items(4))
print(next(a).n, next(a).n)
print(next(b).n)
print('b has passed the first')
c = b.__copy__()
print(next(b).n, 'but c has not')
print(next(c).n)
del a, b
print(next(c).n)
del c
print('all branches are gone')
one, two, three = itertools.tee([1, 2, 3], 3)
print(list(one), next(two), list(three), list(two))
print(itertools.tee([], 0))
try:
    itertools.tee([], -1)
except ValueError as error:
    print(error)


def broken():
    yield 1
    raise ValueError('source')


a, b = itertools.tee(broken())
print(next(a))
for branch in (a, b, b):
    try:
        print(next(branch))
    except (ValueError, StopIteration) as error:
        print(type(error).__name__, error)
source = iter(range(100))
a, b = itertools.tee(source)
next(source)
print(next(a), next(b), sys.getrefcount(source))


def pairwise(iterable):
    a, b = itertools.tee(iterable)
    next(b, None)
    return zip(a, b)


print(list(pairwise('abcd')) == list(itertools.pairwise('abcd')))
for x, y in itertools.pairwise(items(3)):
    print(x.n, y.n)
x = y = None
