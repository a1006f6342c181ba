# Abstract base classes: what may be instantiated, registration, caches of weak references.
import _abc
import abc
import gc
import sys
import weakref
from abc import ABC, ABCMeta, abstractmethod


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


class Shape(ABC):
    @abstractmethod
    def area(self):
        return 0

    @property
    @abstractmethod
    def name(self):
        pass

    @classmethod
    @abstractmethod
    def make(cls):
        pass

    @staticmethod
    @abstractmethod
    def helper():
        pass


class Half(Shape):
    def area(self):
        return super().area() + 1

    make = helper = None


class Full(Half):
    name = 'full'


attempt(Shape)
attempt(Half)
print(Full().area(), sorted(Shape.__abstractmethods__), sorted(Half.__abstractmethods__), Full.__abstractmethods__)
print(bool(Shape.__flags__ & (1 << 20)), bool(Full.__flags__ & (1 << 20)))
Shape.__abstractmethods__ = frozenset()
print(Shape())
attempt(lambda: type.__abstractmethods__)
attempt(lambda: object.__abstractmethods__)


class A(metaclass=ABCMeta):
    pass


class Plain:
    pass


class Sub(Plain):
    pass


print(isinstance(Plain(), A), issubclass(Sub, A))
token = abc.get_cache_token()
print(A.register(Plain) is Plain, abc.get_cache_token() - token)
print(isinstance(Plain(), A), issubclass(Sub, A), isinstance(Sub(), A), issubclass(int, A))
registry, cache, negative, version = _abc._get_dump(A)
print([r() for r in registry], sorted(r().__name__ for r in cache), [r().__name__ for r in negative], version - token)
print(sys.getrefcount(Plain) - len(gc.get_referrers(Plain)) - 1)
A._abc_registry_clear()
print(isinstance(Sub(), A))
A._abc_caches_clear()
print(isinstance(Sub(), A))
attempt(A.register, 1)
attempt(lambda: issubclass(1, A))


class B(A):
    pass


attempt(B.register, A)
print(A.register(B), A.register(A))


class Hooked(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Hooked:
            return hasattr(other, 'quack') or NotImplemented
        return NotImplemented


class Duck:
    quack = True


class Strange(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return 'yes'


print(issubclass(Duck, Hooked), isinstance(Duck(), Hooked), issubclass(Plain, Hooked))
attempt(issubclass, Duck, Strange)


def dying():
    class Short:
        pass

    A.register(Short)
    print(issubclass(Short, A), len(_abc._get_dump(A)[0]))
    return weakref.ref(Short)


r = dying()
gc.collect()
print(r(), len(_abc._get_dump(A)[0]))


class Pretender:
    __class__ = property(lambda self: Plain)


A.register(Plain)
print(isinstance(Pretender(), A), type(Pretender()) is Plain)


class Seq(metaclass=ABCMeta):
    __abc_tpflags__ = 1 << 5


@Seq.register
class MySeq:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return 'ab'[i]


match MySeq():
    case [x, y]:
        print('sequence', x, y)
print('__abc_tpflags__' in Seq.__dict__)
