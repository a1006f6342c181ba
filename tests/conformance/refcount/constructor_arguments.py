# What holds an argument while a class, a metaclass or a callable object is called with it.
from sys import getrefcount


class Init:
    def __init__(self, a):
        print('init', getrefcount(a))


class New:
    def __new__(cls, a):
        print('new', getrefcount(a))
        return object.__new__(cls)


class Both(New):
    def __init__(self, a):
        print('init', getrefcount(a))


class Callable:
    def __call__(self, a):
        print('call', getrefcount(a))


class Star:
    def __init__(self, *args, **kwargs):
        print('star', getrefcount(args[0] if args else kwargs['a']))


class Meta(type):
    def __call__(cls, a):
        print('meta', getrefcount(a))
        return type.__call__(cls, a)


class WithMeta(metaclass=Meta):
    def __init__(self, a):
        print('init', getrefcount(a))


class Error(Exception):
    def __init__(self, a):
        print('error', getrefcount(a))
        super().__init__(a)
        print('error', getrefcount(a))


class Pair(tuple):
    def __new__(cls, a):
        print('tuple', getrefcount(a))
        return super().__new__(cls, a)


class Table(dict):
    def __init__(self, a):
        print('dict', getrefcount(a))
        super().__init__(a=a)
        print('dict', getrefcount(a))


x = []


def calls(y):
    for _ in range(3):
        Init(y)
    New(y), Both(y), Callable()(y), Star(y), Star(a=y), Init(a=y)
    Init(*[y]), Init(**{'a': y}), Callable()(*[y]), WithMeta(y)
    list(map(Init, [y])), sorted([y], key=Init)
    Error(y), Error(*[y]), Pair(y), Table(y), ValueError(y)
    try:
        raise Error(y)
    except Error as e:
        print('caught', getrefcount(y), getrefcount(e.args))
    print('after', getrefcount(y))


calls(x)
for _ in range(2):
    Init(x)
Error(x), WithMeta(x), Star(a=x)
print(getrefcount(x))
