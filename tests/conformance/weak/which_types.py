# Which objects can be referenced weakly, and how __slots__ and bases decide.
import collections
import functools
import re
import types
import weakref


class Plain: pass
class Slots: __slots__ = ('a',)
class SlotsWeak: __slots__ = ('a', '__weakref__')
class FromSlots(Slots): pass
class SlotsAgain(Plain): __slots__ = ()
class MyList(list): pass
class MyInt(int): pass
class MyTuple(tuple): pass
class MyTupleSlots(tuple): __slots__ = ()
class MyStr(str): pass
class MyDict(dict): pass


def function(): pass
def gen(): yield
async def coro(): pass


c = coro()
things = [
    Plain(), Slots(), SlotsWeak(), FromSlots(), SlotsAgain(), MyList(), MyInt(5), MyTuple(), MyTupleSlots(), MyStr('x'),
    MyDict(), [], {}, (), 1, 1.5, 'a', b'', None, True, ..., set(), frozenset(), object(), range(3), slice(1),
    Plain, int, function, lambda: 0, len, [].append, Plain().__init__, function.__code__, gen(), c, types,
    types.SimpleNamespace(), types.MappingProxyType({}), memoryview(b''), bytearray(), Exception(), property(),
    classmethod(function), staticmethod(function), collections.deque(), collections.OrderedDict(), collections.Counter(),
    re.compile('x'), functools.partial(print), weakref.ref(Plain), iter([]), map(str, []), zip(), enumerate([]),
    type(Plain.__dict__['__dict__']), int.__add__, (5).__add__, globals(), NotImplemented, complex(1),
]
for thing in things:
    try:
        weakref.ref(thing)
        print('yes', type(thing).__name__)
    except TypeError as error:
        print('no ', type(thing).__name__, '|', error)
c.close()
try:
    class Two(SlotsWeak): __slots__ = ('__weakref__',)
except TypeError as error:
    print(error)
print(hasattr(Plain(), '__weakref__'), hasattr(Slots(), '__weakref__'), Plain.__dict__['__weakref__'])
p = Plain()
r = weakref.ref(p)
print(p.__weakref__ is r)
