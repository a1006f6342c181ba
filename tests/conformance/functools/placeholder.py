# profile: 3.14
# partial with places kept free.
import sys
from _functools import Placeholder, partial
_ = Placeholder


def show(*args, **kw):
    return args, kw


p = partial(show, _, 2, _, 4)
print(p, p(1, 3), p(1, 3, 5), p.args)
q = partial(p, 'a')
print(q, q('b'), q.args)
print(partial(q, 'b', 'c')())
print(partial(p, _, 'x')('y'), p(1, 3, k=1), partial(p, k=2)(5, 6))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: p(1))
attempt(lambda: p())
attempt(lambda: partial(show, _))
attempt(lambda: partial(show, 1, _))
attempt(lambda: partial(show, k=_))
attempt(lambda: type(_)(1))
print(type(_)() is _, repr(_), type(_))


class C:
    m = partial(show, 'first')


c = C()
print(c.m(2)[0][0], c.m(2)[0][1] is c)
