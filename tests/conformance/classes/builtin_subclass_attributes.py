# Where the attributes of an instance lie when its class stands on a builtin: inline values or a dict of its own.
import gc
import sys
import collections


def kinds(values):
    return [type(v).__name__ for v in values]


bases = [object, list, dict, set, frozenset, float, complex, str, int, bytes, tuple, bytearray, property, classmethod,
         staticmethod, super, enumerate, zip, map, reversed, collections.deque, collections.defaultdict,
         collections.OrderedDict, collections.Counter, BaseException, type(sys), type]
for base in bases:
    cls = type('C', (base,), {})
    print(base.__name__, cls.__flags__ >> 2 & 1, cls.__flags__ >> 4 & 1)

    class Slotted(base):
        if not base.__itemsize__ and not base.__dictoffset__:
            __slots__ = ('a', '__dict__')

    print(' with slots', Slotted.__flags__ >> 2 & 1)

    class Below(cls):
        pass

    print(' below', Below.__flags__ >> 2 & 1)

for base, args in [(object, ()), (list, ([7],)), (dict, ({'k': 7},)), (set, ([7],)), (frozenset, ([7],)), (float, (7.5,)),
                   (complex, (7j,)), (str, ('seven',)), (int, (7,)), (bytes, (b'7',)), (tuple, ((7,),)),
                   (bytearray, (b'7',)), (collections.deque, ([7],)), (collections.defaultdict, (list,))]:
    class C(base):
        def __del__(self):
            print('  gone', base.__name__)

    x = C(*args)
    print(base.__name__, gc.is_tracked(x))
    x.first = []
    x.second = ()
    x.first.append(x.first)
    referents = gc.get_referents(x)
    print('  before __dict__', kinds(referents), sys.getrefcount(x.first))
    d = x.__dict__
    print('  dict', d, gc.is_tracked(d), kinds(gc.get_referents(x)), sys.getrefcount(d), sys.getsizeof(d) > 100)
    x.third = 3
    del x.second
    print('  ', list(d), kinds(gc.get_referents(x)), kinds(gc.get_referents(d)))
    d['not an identifier'] = 1
    print('  ', list(d), kinds(gc.get_referents(x)))
    d = None
    x.me = x
    gc.collect()
    del x, referents
    print('  collected', gc.collect())
    y = C(*args)
    y.me = [y]
    y.more = set()
    del y
    print('  collected', gc.collect())
    z = C(*args)
    z.one = object()
    kept = z.__dict__
    del z
    print('  kept', list(kept), gc.is_tracked(kept), sys.getrefcount(kept['one']))


class L(list):
    pass


class M(list):
    pass


a = L([1])
a.x = [1]
a.y = {}
a.__class__ = M
a.z = 1
print(type(a).__name__, a.__dict__, a)
b = L()
for i in range(40):
    setattr(b, f'n{i}', i)
print(len(b.__dict__), b.n0, b.n39)
c = L('abc')
c.here = c
d = L(c)
d.__dict__ = c.__dict__
print(c.__dict__ is d.__dict__, sys.getrefcount(c))
c.__dict__ = {'other': 1}
print(c.other, d.here is c)
del c, d
print(gc.collect())
