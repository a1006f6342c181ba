# The weak containers of the library: entries go when their objects go.
import gc
import sys
import weakref
from weakref import WeakKeyDictionary, WeakMethod, WeakSet, WeakValueDictionary, finalize


def count_of(x):
    return sys.getrefcount(x) - 2


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'Thing(%r)' % self.name

    def method(self):
        return self.name


a, b = Thing('a'), Thing('b')
d = WeakValueDictionary(one=a, two=b)
print(dict(d), count_of(a), weakref.getweakrefcount(a))
d['three'] = a
print(len(d), weakref.getweakrefcount(a), sorted(d), d.get('one') is a)
del a
print(len(d), dict(d), 'one' in d)
print(d.setdefault('two', 1) is b, d.pop('two') is b, len(d))
try:
    d['none']
except KeyError as e:
    print('KeyError', e)
a = Thing('a')
d['a'] = a
it = iter(d.items())
print(next(it))
del a
print(len(d), list(it), len(d))

k = WeakKeyDictionary()
a = Thing('a')
k[a] = b
print(count_of(a), count_of(b), a in k, k[a] is b, list(k), list(k.values()) == [b])
del a
print(len(k), count_of(b))
k[b] = 1
print(k.keyrefs()[0]() is b, k.copy()[b], k | {b: 2} == {b: 2})
del k

s = WeakSet([b])
c = Thing('c')
s.add(c)
print(len(s), b in s, sorted(x.name for x in s), count_of(c))
del c
print(len(s), s == WeakSet([b]), s.pop() is b, len(s))

m = WeakMethod(b.method, lambda r: print('method gone', r() is None))
print(m()(), m() == b.method, count_of(b))
f = finalize(b, print, 'finalized', sep='!')
print(f.alive, f.peek()[0] is b, count_of(b))
p = weakref.proxy(b)
print(p.name, p.method(), weakref.getweakrefcount(b))
del b
print(m(), f.alive, f.peek(), f())
try:
    p.name
except ReferenceError as e:
    print(e)


class Number:
    def __init__(self, n):
        self.n = n

    def __add__(self, o):
        return 'add %r' % (o,)

    def __radd__(self, o):
        return 'radd %r' % (o,)

    def __iadd__(self, o):
        self.n += o
        return self

    def __neg__(self):
        return -self.n

    def __index__(self):
        return self.n

    def __pow__(self, o, m=None):
        return ('pow', o, m)

    def __divmod__(self, o):
        return 'divmod'

    def __matmul__(self, o):
        return 'matmul'

    def __bytes__(self):
        return b'bytes'

    def __reversed__(self):
        return 'reversed'

    def __len__(self):
        return self.n

    def __contains__(self, x):
        return x == self.n

    def __getitem__(self, k):
        return k

    def __float__(self):
        return 1.5


n = Number(5)
p = weakref.proxy(n)
print(p + 1, 1 + p, -p, p ** 2, pow(p, 2, 3), divmod(p, 1), p @ 1, bytes(p), reversed(p), len(p), 5 in p, p[1:2], float(p), [0] * 7 == [0] * 7, hex(p), int(p))
p += 1
print(type(p).__name__, n.n)
try:
    hash(weakref.proxy(n))
except TypeError as e:
    print(e)
for t in (weakref.ProxyType, weakref.CallableProxyType):
    try:
        t(n)
    except TypeError as e:
        print(e)
print(weakref.ref[int], weakref.getweakrefcount(3), weakref.getweakrefs(3))
at_exit = finalize(n, print, 'at exit')
other = finalize(Thing, print, 'class at exit')
not_at_exit = finalize(Number, print, 'never')
not_at_exit.atexit = False
