# partial: what it holds, what its function sees, merging, pickling state.
import gc
import sys
import weakref
from _functools import partial


def count_of(x):
    return sys.getrefcount(x) - 2


def show(*args, **kw):
    return args, kw


def inside(x, **kw):
    return sys.getrefcount(x)


x = [1]
p = partial(show, x)
print(count_of(x), count_of(show), count_of(p.args), gc.is_tracked(p))
print(p(2), count_of(x))
q = partial(p, 3, key=x)
print(count_of(x), q.func is show, q.args, q.keywords, q)
print(q(4, other=5), count_of(x))
del p
print(count_of(x))
del q
print(count_of(x))
print(inside(x), partial(inside)(x), partial(inside, x)(), partial(inside, k=1)(x), partial(inside, x, k=1)(), partial(inside, x)(k=1))

p = partial(show, a=1)
p.keywords['b'] = 2
print(p(), p(a=3, c=4))
p.attribute = 'own'
print(p.__dict__, partial(p).func is p)
print(p.__reduce__()[0], p.__reduce__()[2])
p.__setstate__((show, (9,), {'z': 1}, {'d': 1}))
print(p, p(), p.d)
r = weakref.ref(p)
p.me = p
del p
gc.collect()
print(r())

p = partial(show)
p.__setstate__((p, (), {}, {}))
try:
    print(p)
except RecursionError:
    print('RecursionError')
p.__setstate__((show, (p,), {}, {}))
print(p)
p.__setstate__((show, (), {}, {}))
del p


class Sub(partial):
    def __new__(cls, *args, **kw):
        return super().__new__(cls, *args, **kw)


s = Sub(show, 1)
print(s, s(2), Sub(s, 3).args, partial(s, 4).func is show)


class Holder:
    m = partial(show, 1)


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(partial)
attempt(lambda: partial(1))
attempt(lambda: partial(show).__setstate__((1, 2)))
attempt(lambda: partial(show).__setstate__((1, (), {}, {})))
attempt(lambda: partial(show).__setstate__(None))
attempt(lambda: setattr(partial(show), 'func', 1))
attempt(lambda: partial(inside)())
attempt(lambda: partial[int])
attempt(lambda: hash(partial(show)) != 0)
p = partial(show)
p.keywords[1] = 2
attempt(p)
