import sys, weakref, gc
class MyErr(Exception): pass
def inner(x):
    return (1 +
            x / 0)
class K:
    def __del__(self):
        y = inner(3) + 4
k = K(); del k
class Q:
    def __del__(self):
        try: 1/0
        except ZeroDivisionError: raise ValueError('chained') 
q = Q(); del q
class R:
    def __del__(self):
        for i in range(3): self.rec(8)
    def rec(self, n):
        if n == 0: raise MyErr('a', 'b')
        self.rec(n-1)
r = R(); del r
class W: pass
def cb(r): raise MyErr()
w = W(); wr = weakref.ref(w, cb); del w
def g():
    try: yield 1
    finally: yield 2
gg = g(); next(gg); del gg
class BadRepr:
    def __repr__(self): raise ValueError
    def __call__(self, *a): 1/0
class S(Exception):
    def __str__(self): raise ValueError
w = W(); wr = weakref.ref(w, BadRepr()); del w
def cb2(r): raise S
w = W(); wr = weakref.ref(w, cb2); del w
def hook(u): print('HOOK', u.exc_type, u.exc_value, type(u.exc_traceback), str(u.err_msg)[:50], str(u.object)[:10], len(u))
sys.unraisablehook = hook
r = R(); del r
w = W(); wr = weakref.ref(w, cb); del w
def badhook(u): raise KeyError('h')
sys.unraisablehook = badhook
r = R(); del r
def hook2(u): sys.__unraisablehook__(u)
sys.unraisablehook = hook2
r = R(); del r
try: sys.__unraisablehook__(5)
except TypeError as e: print(e)
sys.unraisablehook = None
r = R(); del r
del sys.unraisablehook
r = R(); del r
