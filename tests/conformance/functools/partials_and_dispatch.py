# partial, partialmethod, singledispatch, reduce, cmp_to_key, total_ordering: what they hold and call.
import functools
import sys


class Thing:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print('del', self.n)


def show(*args, **kwargs):
    return args, kwargs


t = Thing(1)
p = functools.partial(show, 1, key=t)
print(sys.getrefcount(t), p(2, other=3)[1]['key'] is t, p.func is show, p.args)
q = functools.partial(p, 2)
print(q.func is show, q.args, list(q.keywords), sys.getrefcount(t))
del t, p
print('held by q')
del q


class Button:
    def press(self, how, times=1):
        return self.name, how, times

    double = functools.partialmethod(press, 'fast', times=2)
    name = 'button'


print(Button().double(), functools.partial(Button.press, how='slow')(Button()))


@functools.singledispatch
def describe(x):
    return 'something'


@describe.register
def _(x: int):
    return 'int'


@describe.register(list)
@describe.register(tuple)
def _(x):
    return 'sequence of ' + ', '.join(map(describe, x))


print(describe(1), describe(True), describe([1, 'a', (2,)]), describe.dispatch(bool)(5), list(describe.registry))


class Formatter:
    @functools.singledispatchmethod
    def format(self, x):
        return f'<{x}>'

    @format.register
    def _(self, x: float):
        return f'{x:.2f}'


print(Formatter().format(1.234), Formatter().format('a'))
print(functools.reduce(lambda a, b: a * 10 + b, range(1, 6)), functools.reduce(max, [], 'none'))
try:
    functools.reduce(max, [])
except TypeError as error:
    print(error)
key = functools.cmp_to_key(lambda a, b: b - a)
print(sorted([3, 1, 2], key=key), key(1) < key(2), sys.getrefcount(key(Thing('keyed')).obj))


@functools.total_ordering
class V:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), max(V(1), V(3)).n)
