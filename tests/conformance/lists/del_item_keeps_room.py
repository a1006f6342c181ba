# del a[i] closes the gap and keeps the table; del a[i:j], pop and remove give room back.
import sys


def sizes(shrink):
    items = [0] * 20
    start = sys.getsizeof(items)
    out = []
    while items:
        shrink(items)
        out.append(sys.getsizeof(items) == start)
    return out


def first(a):
    del a[0]


def last(a):
    del a[-1]


def cut(a):
    del a[:1]


print(all(sizes(first)), all(sizes(last)))
print(sizes(cut).count(True), sizes(list.pop).count(True), sizes(lambda a: a.remove(0)).count(True))


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name, len(items), [x.name for x in items])


items = [Loud('a'), Loud('b'), Loud('c')]
del items[1]
del items[-1]
del items[0]
print(items)
