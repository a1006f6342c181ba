# An object that its __del__ saves: its weak references are dead or alive, and its second end.
import gc
import weakref

saved = []


class Phoenix:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)
        saved.append(self)


class Inner:
    def __init__(self, owner):
        self.owner = owner


p = Phoenix('p')
before = weakref.ref(p, lambda r: print('callback of p'))
del p
print(before(), saved[0].name)
after = weakref.ref(saved[0], lambda r: print('second callback'))
print(after() is saved[0])
saved.clear()
print(after() is None, len(saved))
print('cycles')
p = Phoenix('cycle')
p.inner = Inner(p)
outside = weakref.ref(p, lambda r: print('callback of cycle'))
inner = weakref.ref(p.inner)
del p
gc.collect()
print(outside(), inner() is not None, saved[0].inner.owner is saved[0], gc.is_finalized(saved[0]))
again = weakref.ref(saved[0])
saved.clear()
print(again() is not None)
gc.collect()
print(again() is None, inner() is None, len(saved))


class Twice:
    count = 0

    def __del__(self):
        Twice.count += 1
        if Twice.count < 3:
            keep.append(Twice())


keep = []
Twice()
print(Twice.count, len(keep))
keep.clear()
print(Twice.count, len(keep))
keep.clear()
print(Twice.count, len(keep))
