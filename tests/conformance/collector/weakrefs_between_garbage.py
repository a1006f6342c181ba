# Weak references in and out of garbage: which callbacks run, and that none sees a half dead object.
import gc
import weakref

gc.disable()
gc.collect()


class Node:
    pass


a, b = Node(), Node()
a.other, b.other = b, a
outside = weakref.ref(a, lambda r: print('outside callback', r()))
a.inside = weakref.ref(b, lambda r: print('inside callback'))
table = weakref.WeakValueDictionary(a=a, b=b)
keys = weakref.WeakKeyDictionary({a: 1})
fin = weakref.finalize(b, print, 'finalize b')
del a, b
print(len(table), len(keys), fin.alive)
print(gc.collect() > 0)
print(len(table), len(keys), fin.alive, outside())
