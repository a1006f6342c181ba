import sys
def show(f):
    try:
        f()
    except Exception as e:
        sys.excepthook(type(e), e, e.__traceback__)
class O:
    attr = {}
    def __getattr__(self, n): raise AttributeError(n)
    def __enter__(self): return self
    def __exit__(self, *a): raise TypeError('exit')
    def __call__(self, *a, **k): raise ValueError('called')
    def __add__(self, o): raise ValueError('add')
    def __neg__(self): raise ValueError('neg')
    def __getitem__(self, k): raise ValueError('item')
    def __setitem__(self, k, v): raise ValueError('setitem')
    def __iter__(self): raise ValueError('iter')
    def __bool__(self): raise ValueError('bool')
    def __lt__(self, o): raise ValueError('lt')
    def __contains__(self, o): raise ValueError('contains')
o = O()
def f1(): return o + 1
def f2(): x = (o) + (1 + 2)
def f3(): x = -o
def f4(): x = o[1 + 2]
def f5(): o[1] = 2
def f6(): o(1,
     2,
     x=3)
def f7(): return (1 + 2) * (o
      +
      3)
def f8():
    for x in o:
        pass
def f9():
    if o: pass
def f10(): return 1 < 2 < o > 5
def f11(): return [y for y in o]
def f12(): return 1 in o
def f13():
    with o as q:
        pass
def f33(): return not o
def f34(): return o and 1
def f35(): return 1 if o else 2
def f36(): print(*o)
def f65(): o.attr.\
    foo.\
    bar
def f66(): return (
    o
    .foo
    .bar
  )
def f86(): return o.attr["a"]["b"
   ]["c"]
for f in list(globals().values()):
    if getattr(f, '__name__', '') != 'show' and type(f) is type(show):
        show(f)
