# One message of an IndexError is always the same str, which never dies; the others are made anew each time.
import sys


def message(f, *args):
    try:
        f(*args)
    except IndexError as error:
        return error.args[0]


def show(f, *args):
    first = message(f, *args)
    second = message(f, *args)
    print(first, '|', first is second, sys.getrefcount(first) > 1000000)


show(lambda: [][0])
show(lambda: [1, 2][-3])
show(list.__getitem__, [], 7)
show(lambda: ()[0])
show(lambda: ''[0])
show([].pop)
show([1].pop, 5)
show([].__setitem__, 0, 1)
print(message(lambda: [][0]) is sys.intern('list index ' + 'out of range'))
