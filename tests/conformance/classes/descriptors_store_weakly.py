# Descriptors: data and non-data, __set_name__, values kept by instance in a weak table, a lazy attribute.
import sys
import weakref


class Typed:
    def __set_name__(self, owner, name):
        print('named', owner.__name__, name)
        self.name = name

    def __init__(self, kind):
        self.kind = kind
        self.values = weakref.WeakKeyDictionary()

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        try:
            return self.values[instance]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f'{self.name} must be {self.kind.__name__}, not {type(value).__name__}')
        self.values[instance] = value

    def __delete__(self, instance):
        del self.values[instance]


class Lazy:
    def __init__(self, func):
        self.func = func

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        print('computing', self.name)
        value = instance.__dict__[self.name] = self.func(instance)
        return value


class Point:
    x = Typed(int)
    y = Typed((float))

    def __init__(self, x, y):
        self.x, self.y = x, y

    @Lazy
    def norm(self):
        return abs(self.x) + abs(self.y)


p, q = Point(1, 2.0), Point(3, 4.0)
print(p.x, q.y, p.__dict__, len(Point.x.values), sys.getrefcount(p))
print(p.norm, p.norm, p.__dict__)
for bad in (lambda: setattr(p, 'x', 'text'), lambda: Point(1, 2)):
    try:
        bad()
    except TypeError as error:
        print(error)
p.__dict__['x'] = 'hidden by the data descriptor'
print(p.x)
p.__dict__['norm'] = 'shadows'
print(p.norm, type(Point.norm).__name__)
del p.x
try:
    p.x
except AttributeError as error:
    print('AttributeError', error)
del p
print(len(Point.x.values), len(Point.y.values))
try:
    class Bad:
        thing = type('D', (), {'__set_name__': lambda self, owner, name: 1 // 0})()
except ZeroDivisionError as error:
    print(error, error.__notes__)


class Counted:
    def __get__(self, instance, owner):
        return sys.getrefcount(instance), sys.getrefcount(self)


class Has:
    c = Counted()


h = Has()
print(h.c, type(h).__dict__['c'].__get__(h, Has), Has().c)
