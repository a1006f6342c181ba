# A proxy passes on operators, attributes, iteration and truth, and holds nothing.
import sys
import weakref


class Vector:
    def __init__(self, *parts):
        self.parts = list(parts)

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.parts, other.parts)))

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, i):
        return self.parts[i]

    def __setitem__(self, i, value):
        self.parts[i] = value

    def __contains__(self, x):
        return x in self.parts

    def __iter__(self):
        return iter(self.parts)

    def __eq__(self, other):
        return isinstance(other, Vector) and self.parts == other.parts

    def __call__(self, k):
        return [k * x for x in self.parts]

    def __str__(self):
        return f'V{self.parts}'

    def __iadd__(self, n):
        self.parts.append(n)
        return self

    __hash__ = None


v = Vector(1, 2)
p = weakref.proxy(v)
print(type(p).__name__, sys.getrefcount(v), p is v, p == v)
print(len(p), p[0], 2 in p, list(p), str(p), (p + p).parts, (p + v).parts, p.parts is v.parts)
try:
    p(2)
except TypeError as error:
    print(error)
p[1] = 7
p.extra = 'x'
print(v.parts, v.extra, isinstance(p, Vector), p.__class__ is Vector, type(p) is Vector)
q = p
q += 9
print(q is v, v.parts, type(q).__name__)
del q, p.extra
try:
    hash(p)
except TypeError as error:
    print(error)
print(bool(p), weakref.proxy(v) is p, weakref.getweakrefcount(v))
del v
for use in (lambda: p.parts, lambda: len(p), lambda: p + p, lambda: str(p), lambda: bool(p), lambda: p == 1):
    try:
        print(use())
    except ReferenceError as error:
        print(error)
call = weakref.proxy(len)
print(type(call).__name__, call('abc'))
