# Found by npm run fuzz: seed 77001322.
# profile: 3.13
import gc, sys, weakref
gc.collect()
class Node:
    def __init__(self, label):
        self.label = label
class Slotted:
    __slots__ = ('a', 'b', '__weakref__')
class Both(Slotted):
    __slots__ = ('c',)
g = Node('n2')
e = Both()
g = g.__dict__
g, e = e, g
print('size', sys.getsizeof(e))
print('END')
print('END', file=sys.stderr)
