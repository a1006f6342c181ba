# The wrapper in C: keys are argument tuples, results sit in links, the oldest goes first.
import gc
import sys
import weakref
from _functools import _lru_cache_wrapper


def count_of(x):
    return sys.getrefcount(x) - 2


class Value:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return 'V%s' % self.n

    def __del__(self):
        print('dies:', self)


def info(*a):
    return a


def make(n):
    return Value(n)


f = _lru_cache_wrapper(make, 2, False, info)
v = f(1)
print(v, count_of(v), count_of(make), gc.is_tracked(f))
print(f(1) is v, count_of(v))
f(2)
f(1)
print(f.cache_info())
f(3)
print(f.cache_info(), f(1) is v)
f(4)
f(5)
print('v out', count_of(v), f.cache_info())
f.cache_clear()
print(f.cache_info())
del v

k = (1, 2)
key = Value('key')
g = _lru_cache_wrapper(lambda x, **kw: kw, None, False, info)
r = g(key)
print(count_of(key), count_of(r))
r = g(key, a=1)
print(count_of(key), count_of(r), g.cache_info())
print(g(key, a=1) is r, g(key, a=2) is r)
g.cache_clear()
print(count_of(key), count_of(r))
del key

t = _lru_cache_wrapper(lambda x: type(x).__name__, 10, True, info)
print(t(1), t(1.0), t(True), t(1), t.cache_info())
u = _lru_cache_wrapper(lambda x: type(x).__name__, 10, False, info)
print(u(1), u(1.0), u(True), u('s'), u('s'), u.cache_info())
n = _lru_cache_wrapper(lambda x: x, 0, False, info)
print(n(1), n(1), n.cache_info())


def fib(n):
    return n if n < 2 else fast(n - 1) + fast(n - 2)


fast = _lru_cache_wrapper(fib, 3, False, info)
print(fast(30), fast.cache_info())


class C:
    def method(self, x):
        return x * 2

    method = _lru_cache_wrapper(method, None, False, info)


c = C()
print(c.method(4), c.method(4), C.method.cache_info(), count_of(c))
C.method.cache_clear()
print(count_of(c))

h = _lru_cache_wrapper(lambda x: x, 5, False, info)
cycle = Value('cycle')
cycle.h = h
h(cycle)
w = weakref.ref(h)
h.extra = 1
print(h.__dict__)
del h, cycle
gc.collect()
print(w())


def fails(x):
    raise ValueError(x)


e = _lru_cache_wrapper(fails, 2, False, info)
for bad in (lambda: e(1), lambda: f([]), lambda: _lru_cache_wrapper(1, 2, False, info), lambda: _lru_cache_wrapper(len, 'x', False, info), lambda: _lru_cache_wrapper(len)):
    try:
        bad()
    except (ValueError, TypeError) as err:
        print(type(err).__name__, err)
print(e.cache_info(), e.__copy__() is e, e.__deepcopy__({}) is e)
