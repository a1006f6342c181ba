# Attribute names that are no str, and comparison methods whose descriptor fails.
class A:
    pass


class M(type):
    pass


class B(metaclass=M):
    def __getattr__(self, name):
        return name


for f in (type.__setattr__, type.__getattribute__, type.__delattr__, object.__setattr__, object.__getattribute__, object.__delattr__):
    for owner in (A, A(), B(), 3):
        for args in ((b'x',), (b'x', 1)):
            try:
                print(f.__qualname__, f(owner, *args))
            except TypeError as e:
                print(f.__qualname__, e)
for f in (getattr, delattr, hasattr):
    try:
        print(f(A(), 3))
    except TypeError as e:
        print(e)
try:
    print(super(M, B).__getattribute__(5))
except TypeError as e:
    print(e)
print(B().__getattr__(4))


def fail(self):
    raise ValueError('no')


class E:
    __eq__ = __lt__ = __add__ = __contains__ = property(fail)


e = E()
print(e == E(), e != E(), e == e)
for f in (lambda: e < e, lambda: e + e, lambda: 1 in e):
    try:
        f()
    except (TypeError, ValueError) as x:
        print(type(x).__name__, x)
print(A.__flags__ >> 2 & 7, int.__flags__ >> 2 & 7, type('S', (), {'__slots__': ()}).__flags__ >> 2 & 7)
print(type('L', (list,), {}).__flags__ >> 2 & 7, type('S', (), {'__slots__': ('a', '__dict__')}).__flags__ >> 2 & 7)
