# A class is known to its bases by a weak reference, which lies in a dict that the base owns.
import gc
import sys
import weakref

gc.disable()
gc.collect()


class A:
    pass


class B(A):
    pass


for c in A, B, int, bool, ValueError, OSError, weakref.ref, enumerate, type(None), float, super:
    references = weakref.getweakrefs(c)
    print(c.__name__, weakref.getweakrefcount(c), [(type(r).__name__, r() is c) for r in references],
          gc.is_tracked(references[0]) if references else None)

r = weakref.ref(A)
print(weakref.getweakrefs(A)[0] is r, weakref.getweakrefcount(A), sys.getrefcount(r))
p = weakref.proxy(A)
q = weakref.ref(A, print)
print([type(r).__name__ for r in weakref.getweakrefs(A)])
del p, q


def registries(reference):
    return [d for d in gc.get_referrers(reference) if type(d) is dict and all(type(k) is int for k in d)]


(d,) = registries(weakref.getweakrefs(B)[0])
print(len(d), sys.getrefcount(d), gc.is_tracked(d), [k == id(B) for k in d], sys.getrefcount(list(d)[0]))
print(sys.getrefcount(weakref.getweakrefs(B)[0]))


class C(A):
    pass


print([r() for r in d.values()], A.__subclasses__())
del B
print(A.__subclasses__())
print(gc.collect(), A.__subclasses__(), len(d))
del C, c, references
print(gc.collect(), len(d), sys.getrefcount(d))


class E(A):
    pass


(e,) = registries(weakref.getweakrefs(E)[0])
print(len(d), len(e), d is e, d in gc.get_referents(A))
del E, d, e
gc.collect()


class P:
    pass


class Q:
    pass


kept = [type('T', (P, Q), {})]
kept[0].__bases__ = (Q, P)
print(len(Q.__subclasses__()), len(P.__subclasses__()), P.__subclasses__()[-1] is kept[0], weakref.getweakrefcount(kept[0]))
kept.clear()
print(gc.collect(), P.__subclasses__(), Q.__subclasses__())


# What is seen while a class dies.
class Meta(type):
    def __del__(cls):
        print('del', cls.__name__, [c.__name__ for c in P.__subclasses__()], weakref.getweakrefcount(cls))


class X(P, metaclass=Meta):
    pass


class Y(P):
    pass


w = weakref.ref(Y, lambda r: print('callback', [c.__name__ for c in P.__subclasses__()]))
print(weakref.getweakrefcount(Y))
del X
print(gc.collect(), P.__subclasses__())
del Y
print(gc.collect(), P.__subclasses__())
