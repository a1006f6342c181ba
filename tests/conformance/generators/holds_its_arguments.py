# A suspended generator's frame owns its arguments and locals; each is let go when the frame ends.
import gc
import sys


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def use(a, b):
    c = Thing('local')
    yield sys.getrefcount(a)
    del b
    yield 'b is deleted'
    a = None
    yield 'a is gone'
    yield c.name


thing = Thing('a')
g = use(thing, Thing('b'))
print(sys.getrefcount(thing), sorted(g.gi_frame.f_locals))
print(next(g), sorted(g.gi_frame.f_locals), sys.getrefcount(thing))
print(next(g), sorted(g.gi_frame.f_locals))
del thing
print('name dropped')
print(next(g), g.gi_frame.f_locals['a'])
print(next(g))
print(next(g, 'end'), g.gi_frame)
g = use(Thing('x'), Thing('y'))
frame = g.gi_frame
del g
print('only the frame', sorted(frame.f_locals))
del frame
print('nothing left')


def me():
    this = yield
    try:
        yield this
    finally:
        print('collected')


gc.disable()
g = me()
next(g)
g.send(g)
del g
print('in a cycle')
print(gc.collect())
squares = (t.name for t in [Thing('p'), Thing('q')])
print(next(squares))
print(next(squares))
print(next(squares, None))
