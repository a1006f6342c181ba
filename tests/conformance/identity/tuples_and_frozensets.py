# Empty and constant tuples, copies of immutable things, and ids reused after death.
a, b = (), ()
print(a is b, tuple([]) is a, (1, 2)[2:] is a, frozenset() is frozenset())
t = (1, [2])
print(tuple(t) is t, t[:] is t, t * 1 is t, t + () is t, () + t is t)
f = frozenset([1])
print(frozenset(f) is f, f.copy() is f, f | f is f)


class T(tuple):
    pass


s = T((1,))
print(tuple(s) is s, s[:] is s, type(s[:]).__name__, s.__class__ is T)


def const():
    return (1, 'a', (2, None))


print(const() is const(), const()[2] is const()[2])


def fresh(x=1):
    return (x, x)


print(fresh() is fresh(), fresh() == fresh())
first = id(object())
print(first == id(object()), id([]) == id([]), id(fresh) == id(fresh))
r = range(3)
print(r[:] is r, r == range(0, 3, 1), 1.5 is float(1.5), int('7') is 7, int(10**3) is 10**3)
x = 257
y = int('257')
print(x is y, 256 is int('256'), -5 is int('-5'), -6 is int('-6'), True is bool(1))
