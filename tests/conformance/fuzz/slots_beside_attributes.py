# Found by npm run fuzz: seed 1129.
import gc, sys, weakref
gc.collect()
class Node:
    def __init__(self, label):
        self.label = label
class Loud(Node):
    def __del__(self): print('del', self.label)
class Lazarus(Node):
    def __del__(self):
        print('rise', self.label)
def walk(x):
    try:
            got = yield held
    finally:
        print('walk ends', len(held))
def fail(x):
    raise ValueError(x)
def caught(x):
    try:
        fail(x)
    except ValueError as e:
        return e
async def task(x):
    try:
        await pause(x)
    finally:
        print('task ends')
graveyard = []
c = Lazarus('n2')
b = task(c)
b = lambda default=b: default
a = [b()]
f = Loud('n20')
def f32(p, q):
    p = caught(p)
    v = type('T34', (Loud,), {'__slots__': ('extra',), 'held': p})('n34')
c = f32(a, f)
print(gc.collect(), len(graveyard))
print('END')
print('END', file=sys.stderr)
