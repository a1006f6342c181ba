# profile: 3.13
# How many collectable objects a class is, and what waits in the free lists afterwards.
import gc
import sys

gc.disable()
gc.collect()


def made(function):
    before = gc.get_count()[0]
    function()
    return gc.get_count()[0] - before


class P:
    pass


class Q:
    pass


made(lambda: None)
# None of what waits in the free lists.
waiting = [{} for _ in range(300)], [(i,) for i in range(500)], [(i, i) for i in range(500)], [[] for i in range(300)]
kept = [type('T', (P, Q), {})]
print(made(lambda: kept.append(type('T', (P,), {}))))
print(made(lambda: kept.append(type('T', (P,), {}))))
made(lambda: kept.append(type('T', (P, Q), {})))
print(made(lambda: kept.append(type('T', (P, Q), {}))))
print(made(lambda: kept.append(type('T', (), {}))))
print(made(lambda: kept.append(type('T', (), {'__slots__': ()}))))
print(made(lambda: kept.append(type('T', (int,), {}))))


def bases():
    kept[2].__bases__ = (Q, P)


print(made(bases), len(Q.__subclasses__()), len(P.__subclasses__()), P.__subclasses__()[-1] is kept[2])
print(made(kept.pop), len(gc.get_objects()) > 1000, gc.collect() > 5)
kept.clear()
print(gc.collect(), P.__subclasses__(), Q.__subclasses__())



# What is given a class's name waits in a copy of the namespace; the bases are the tuple that was handed in.
class Named:
    def __set_name__(self, owner, name):
        print(name, sys.getrefcount(self), sys.getrefcount(other), len(gc.get_referrers(other)))


other = []
x = Named()
namespace = {'x': x, 'y': x, 'other': other}
del x
type('G', (), namespace)
b = (P, Q)
T = type('T', b, {})
print(T.__bases__ is b)
T.__bases__ = b = (Q, P)
print(T.__bases__ is b)
