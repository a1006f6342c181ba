# Slots, slots beside a __dict__, slots in bases: where values live and when they die.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


class A:
    __slots__ = ('x', 'y')


class B(A):
    __slots__ = ('z', '__dict__')


class C(B):
    pass


b = B()
b.x, b.z, b.free = Loud('x'), Loud('z'), Loud('free')
print(b.__dict__.keys(), sorted(n for n in ('x', 'y', 'z', 'free') if hasattr(b, n)))
print(sys.getrefcount(b.x), A.x.__get__(b) is b.x, type(A.x).__name__, A.x.__objclass__ is A)
try:
    b.y
except AttributeError as error:
    print(error)
a = A()
try:
    a.free = 1
except AttributeError as error:
    print(error)
del b.x
try:
    del b.x
except AttributeError as error:
    print(error)
b.x = Loud('again')
print('drop b')
del b
c = C()
c.x = c.other = shared = Loud('shared')
print(sys.getrefcount(shared), c.__dict__.keys())
del shared
c.__dict__ = {}
print('dict replaced')
del c.x
print('slot deleted')
try:
    A.x.__get__(5)
except TypeError as error:
    print(error)
try:
    class Clash(A):
        __slots__ = ('p',)
        p = 1
except ValueError as error:
    print(error)


class Left(A):
    __slots__ = ('l',)


class Right(A):
    __slots__ = ('r',)


try:
    class Both(Left, Right):
        pass
except TypeError as error:
    print(error)


class Documented:
    __slots__ = {'a': 'the first', 'b': 'the second'}


print(Documented.a.__doc__, sorted(Documented.__slots__))
d = Documented()
d.a = d
print(sys.getrefcount(d))
try:
    a.__class__ = Documented
except TypeError as error:
    print(error)


class Same:
    __slots__ = ('x', 'y')


a.x = 'kept'
a.__class__ = Same
print(a.x)


class Private:
    __slots__ = ('__hidden',)

    def __init__(self):
        self.__hidden = 5


print(Private.__slots__, Private()._Private__hidden)
