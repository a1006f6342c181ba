# Calls that leave defaults out, in a hot loop; the defaults change on the way, and one dies.
import sys


class Default:
    def __del__(self):
        print('a default dies')


def scale(n, by=3, add=1000):
    return n * by + add


def keep(n, what=Default()):
    return n if what is None else n + 1


def many(rounds):
    total = 0
    for i in range(rounds):
        total += scale(i) - scale(i, 2) + scale(i, 2, 1)
        total += keep(i)
    return total


print(many(300))
scale.__defaults__ = (5, 7)
print(many(300))
big = scale.__defaults__[1]
keep.__defaults__ = (None,)
print(many(300))
marker = object()


def counted(x, held=marker):
    return sys.getrefcount(held)


seen = set()
for i in range(200):
    seen.add(counted(i))
print(len(seen), sys.getrefcount(marker) >= 3)
scale.__defaults__ = None
try:
    many(3)
except TypeError as error:
    print(error)
