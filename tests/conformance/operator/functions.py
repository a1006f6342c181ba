# The operators as functions, and the getters.
import gc
import sys
import _operator as op


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Box:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return 'add'

    def __iadd__(self, o):
        return 'iadd'

    def __getitem__(self, k):
        return k

    def method(self, *args, **kw):
        return sys.getrefcount(self), args, kw


b = Box(1)
print(op.add(b, 1), op.iadd(b, 1), op.concat(b, b), op.iconcat(b, b), op.concat([1], [2]), op.concat('a', 'b'))
print(op.truth([]), op.not_([]), op.is_(b, b), op.is_not(b, b), op.contains([1], 1), op.countOf([1, 2, 1], 1), op.indexOf('abc', 'c'))
for name in 'add sub mul floordiv truediv mod lshift rshift and_ or_ xor pow'.split():
    print(name, getattr(op, name)(7, 3), getattr(op, 'i' + name.strip('_'))(7, 3), end='; ')
print()
print(op.neg(3), op.pos(-3), op.abs(-3), op.inv(3), op.invert(3), op.index(True))
print(op.lt(1, 2), op.le(1, 2), op.eq(1, 2), op.ne(1, 2), op.ge(1, 2), op.gt(1, 2))
l = [1, 2, 3]
op.setitem(l, 0, 9)
op.delitem(l, 1)
print(l, op.getitem(l, 0), op.length_hint(l), op.length_hint(iter(l)), op.length_hint(1, 5), op.call(print, 'x', end='!\n'))
print(op._compare_digest('a', 'a'), op._compare_digest(b'a', b'b'))
attempt(lambda: op.add(1))
attempt(lambda: op.add(1, 'a'))
attempt(lambda: op.truth())
attempt(lambda: op.neg('a'))
attempt(lambda: op.concat(1, 2))
attempt(lambda: op.iconcat(1, 2))
attempt(lambda: op.indexOf([1], 2))
attempt(lambda: op.indexOf(1, 2))
attempt(lambda: op.countOf(1, 2))
attempt(lambda: op.contains(1, 2))
attempt(lambda: op.length_hint([], 'x'))
attempt(lambda: op.call())
attempt(lambda: op.index('a'))
attempt(lambda: op._compare_digest('a', b'a'))
attempt(lambda: op._compare_digest('é', 'a'))

print('-- getters')
key = ['key']
g = op.itemgetter(key)
print(sys.getrefcount(key) - 1, gc.is_tracked(g), sys.getsizeof(op.attrgetter('a')) < sys.getsizeof(g), g)
print(g(b) is key, sys.getrefcount(key) - 1)
g2 = op.itemgetter(key, 1)
print(sys.getrefcount(key) - 1, g2(b), g2, g2.__reduce__())
del g, g2
print(sys.getrefcount(key) - 1)
a = op.attrgetter('v.real', 'v')
print(a(b), a, a.__reduce__(), op.attrgetter('v')(b))
m = op.methodcaller('method', 1, k=2)
print(m(b), m, op.methodcaller('method')(b), b.method(), op.methodcaller('upper')('abc'))
print(op.methodcaller('x', 1).__reduce__())
attempt(lambda: op.itemgetter())
attempt(lambda: op.itemgetter(1)([1]))
attempt(lambda: op.itemgetter(1)())
attempt(lambda: op.itemgetter(1)(1, 2))
attempt(lambda: op.itemgetter(a=1))
attempt(lambda: op.attrgetter())
attempt(lambda: op.attrgetter(1))
attempt(lambda: op.attrgetter('x')(b))
attempt(lambda: op.attrgetter('v.x')(b))
attempt(lambda: op.methodcaller())
attempt(lambda: op.methodcaller(1))
attempt(lambda: op.methodcaller('nothing')(b))
attempt(lambda: op.methodcaller('x')())
g = op.itemgetter(0)
holder = [g]
c = op.itemgetter(holder)
holder.append(c)
del g, c, holder
print(gc.collect() > 0)
