# types.TracebackType made and linked by hand; causes that are no exceptions; __complex__ of a subclass.
import types, sys
f = sys._getframe()
for a in (('no', f, 1, 2), (None, 'no', 1, 2), (None, f, 'no', 2), (None, f, 1, 'x'), (None, f), (None, f, 2**40, 1), (None, f, 1.0, 1), (None, f, -1, 2)):
    try:
        t = types.TracebackType(*a)
        print(t.tb_lasti, t.tb_lineno)
    except Exception as e: print(type(e).__name__, e)
t = types.TracebackType(tb_lasti=4, tb_next=None, tb_frame=f, tb_lineno=9)
print(t.tb_lasti, t.tb_lineno, t.tb_next, t.tb_frame is f)
u = types.TracebackType(t, f, 0, 1)
for x, v in ((t, t), (t, u), (u, None), (u, 3)):
    try:
        x.tb_next = v; print(v is u.tb_next)
    except Exception as e: print(type(e).__name__, e)
try: del t.tb_next
except Exception as e: print(type(e).__name__, e)
import gc
print(gc.is_tracked(t), sys.getrefcount(t))
try: types.TracebackType.__new__(types.TracebackType)
except Exception as e: print(type(e).__name__, e)
class N(BaseException):
    def __new__(cls): return None
class M(BaseException):
    def __new__(cls): return 3
for c in (N, M):
    try: raise IndexError from c
    except BaseException as e: print(type(e).__name__, e, e.__cause__, e.__context__)
class C1(complex):
    def __complex__(self): return self
class C2(complex): pass
class R:
    def __complex__(self): return C2(3)
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    for v in (C1(2), R()):
        print(repr(complex(v)), type(complex(v)))
    print([str(x.message) for x in w])
    warnings.simplefilter('error')
    try: complex(R())
    except DeprecationWarning as e: print(e)
