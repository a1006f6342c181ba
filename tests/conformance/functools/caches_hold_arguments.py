# lru_cache keeps arguments and results alive; the oldest leaves when it is full; cache_clear lets all go.
import functools
import gc
import sys
import weakref

gc.disable()


class Arg:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return self.n == other.n

    def __del__(self):
        print('del', self.n)


@functools.lru_cache(maxsize=2)
def work(arg, scale=1):
    return [arg.n * scale]


a = Arg(1)
r = work(a)
print(work(a) is r, work(Arg(1)) is r, sys.getrefcount(a), sys.getrefcount(r))
work(Arg(2))
print(work.cache_info())
work(Arg(3))
print('full', sys.getrefcount(a), work.cache_info().currsize)
work(Arg(2))
work(Arg(4))
print(work.cache_info())
work.cache_clear()
print('cleared', work.cache_info())


class Service:
    def __init__(self, name):
        self.name = name

    @functools.lru_cache(maxsize=None)
    def load(self, key):
        return key * 2

    @functools.cached_property
    def slow(self):
        print('computed once')
        return [self.name]

    def __del__(self):
        print('service', self.name, 'dies')


s = Service('s')
s.load('k')
s.load('k')
print(s.slow is s.slow, s.__dict__, sys.getrefcount(s))
del s
print('the cache keeps it')
Service.load.cache_clear()


@functools.cache
def keyed(*args, **kwargs):
    return args, kwargs


keyed(1)
keyed(1.0)
keyed(True)
keyed(x=1)
print(keyed.cache_info().currsize)


@functools.lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info().currsize, typed.cache_parameters())
try:
    keyed([])
except TypeError as error:
    print(error)


@functools.lru_cache(maxsize=3)
def fails(n):
    if n % 2:
        raise ValueError(n)
    return n


for n in (1, 1, 2, 2):
    try:
        fails(n)
    except ValueError:
        pass
print(fails.cache_info())
ref = weakref.ref(fails)
del fails
print(ref() is None)
