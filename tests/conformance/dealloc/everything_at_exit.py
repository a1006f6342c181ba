import sys, gc, weakref
class K:
    def __init__(self, n): self.n = n
    def __del__(self): print('dead', self.n, K is not None and K.__name__, sys is not None, sys.is_finalizing())
def f(): pass
f.k = K('func attr')
sys.k = K('sys attr')
import builtins
builtins.kk = K('builtins attr')
_under = K('_under')
cycle = K('cycle'); cycle.me = cycle
lst = [K(1), K(2), {3: K(3)}]
class C: attr = K('class attr')
def gen():
    try: yield 1
    finally: print('gen closed')
g = gen(); next(g)
def clos():
    x = K('closure')
    def inner(): return x
    return inner
cl = clos()
weak = weakref.ref(cl, lambda r: print('weak cb'))
weakref_obj = K('w'); wr2 = weakref.ref(weakref_obj, lambda r: print('weak cb2'))
sys.modules['extra'] = type(sys)('extra'); sys.modules['extra'].k = K('extra module')
mod = type(sys)('mod2'); mod.k = K('mod2')
gc.callbacks.append(lambda p, i: print('gc', p, i['generation']))
zlast = K('zlast')
print('end')
