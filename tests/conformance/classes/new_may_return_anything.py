# __new__ that returns an old object, another type, None: when __init__ runs, and what is dropped.
import sys


class Singleton:
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, *args):
        self.args = args


a, b = Singleton(1), Singleton(2)
print(a is b, a.args, sys.getrefcount(a))


class Other:
    def __new__(cls, what):
        made = object.__new__(cls)
        made.name = what
        return {'self': made, 'int': 5, 'none': None, 'list': []}.get(what, made)

    def __init__(self, what):
        print('init', what)

    def __del__(self):
        print('del', self.name)


for what in ('self', 'int', 'none', 'list'):
    x = Other(what)
    print(what, type(x).__name__)
    del x


class Interned:
    table = {}

    def __new__(cls, key):
        self = cls.table.get(key)
        if self is None:
            cls.table[key] = self = super().__new__(cls)
            self.key, self.inits = key, 0
        return self

    def __init__(self, key):
        self.inits += 1


print(Interned('a') is Interned('a'), Interned('a').inits, sys.getrefcount(Interned('a')))


class Fails:
    def __init__(self):
        self.got = 'half'
        raise ValueError('in init')

    def __del__(self):
        print('del of', self.got)


try:
    Fails()
except ValueError as error:
    print(error)


class Sub(int):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)

    def __init__(self, value):
        self.asked = value


s = Sub(21)
print(s, s.asked, type(s + 1).__name__, s.__dict__)


class BadInit:
    def __init__(self):
        return 5


try:
    BadInit()
except TypeError as error:
    print(error)
for call in (lambda: object(1), lambda: object.__new__(Singleton, 1), lambda: object.__new__(int), lambda: Other()):
    try:
        print(type(call()).__name__)
    except TypeError as error:
        print(error)
