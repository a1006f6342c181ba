# A collection asked for inside a callback, a finalizer or a weak reference's callback does nothing.
import gc
import weakref

gc.disable()
gc.collect()


class Node:
    def __del__(self):
        print('finalizer', gc.collect())


def callback(phase, info):
    print(phase, info['generation'], info['collected'], gc.collect())


def cycle():
    n = Node()
    n.me = n
    return n


keep = weakref.ref(cycle(), lambda ref: print('weakref', gc.collect()))
gc.callbacks.append(callback)
print(gc.collect())
print(gc.collect(0))
gc.callbacks.clear()
print(gc.collect())


class Sink:
    def write(self, text):
        print('to stderr:', text.split(' ')[0:3])

    def flush(self):
        pass


import sys
sys.stderr = Sink()
gc.set_debug(gc.DEBUG_COLLECTABLE)
x = []
x.append(x)
del x
n = gc.collect()
gc.set_debug(0)
sys.stderr = sys.__stderr__
print(n)
