# sys.settrace, sys.setprofile, f_locals and the frame object.
import sys
log=[]
def tr(frame, event, arg):
    if event == 'exception': arg = arg[0].__name__, str(arg[1]), arg[2] is not None
    log.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg if isinstance(arg,(int,str,tuple,type(None))) else type(arg).__name__))
    return tr
def run(f, *a):
    log.clear()
    sys.settrace(tr)
    try: f(*a)
    except Exception as e: log.append(repr(e))
    finally: sys.settrace(None)
    for l in log: print(l)
    print('--')
def gen():
    x = yield 1
    try:
        yield 2
    except ValueError:
        yield 3
def simple(n):
    s = 0
    for i in range(n):
        s += i
    while s > 0: s -= 1
    return s
def raiser():
    try:
        1/0
    except ZeroDivisionError as e:
        pass
    raise KeyError('x')
def usegen():
    for x in gen(): y = x
    g = gen(); next(g); next(g)
    g.throw(ValueError)
    g.close()
def deco():
    return [i for i in (1,
        2)]
def multi():
    a = simple(
        1
    )
    with open(0) if 0 else C() as c:
        pass
class C:
    def __enter__(self): return 1
    def __exit__(self, *a): pass
def yf():
    yield from gen()
def useyf():
    list(yf())
for f,a in ((simple,(2,)),(raiser,()),(usegen,()),(deco,()),(multi,()),(useyf,())): run(f,*a)
def bad(frame, event, arg):
    if event == 'line': raise RuntimeError('from trace')
    return bad
sys.settrace(bad)
try: simple(1)
except RuntimeError as e: print(e, sys.gettrace())
plog=[]
def pr(frame, event, arg):
    plog.append((frame.f_code.co_name, event, getattr(arg,'__name__',arg)))
def prof():
    len([1]); [].append(2)
    sorted([1,2], key=lambda x: x)
    try: int('x'); [].pop()
    except Exception: pass
    return 5
sys.setprofile(pr); prof(); sys.setprofile(None)
for p in plog: print(p)
def fl():
    x = 1; y = [2]
    inner = 7
    p = sys._getframe().f_locals
    print(p, len(p), 'x' in p, 'z' in p, p['x'], list(p), p.get('q', 5))
    p['x'] = 10; p['y'] = 'new'; p['extra'] = 3
    print(x, y, inner, p, sys._getframe().f_locals)
    for f in (lambda: p['nope'], lambda: p.__delitem__('x'), lambda: p.pop('x'), lambda: p.pop('zz'), lambda: p.pop('extra'), lambda: hash(p), lambda: p.update(1)):
        try: print(f() is None)
        except Exception as e: print(type(e).__name__, e)
    del f; print(p == sys._getframe().f_locals, p == dict(p), p | {'a': 1}, list(reversed(p)), p.copy(), locals() is locals())
    p |= {'x': 11}; print(x)
    p.setdefault('new', 1); print(p['new'])
fl()
fr = None
def keep():
    global fr
    a = [1]
    fr = sys._getframe()
keep()
print(fr.f_locals['a'], fr.f_lineno - fr.f_code.co_firstlineno, type(fr.f_back), fr.f_trace, fr.f_trace_lines, fr.f_trace_opcodes)
fr.f_locals['a'] = 5; print(fr.f_locals)
fr.clear(); print(fr.f_locals)
def g(): yield 1
gg=g()
gg.gi_frame.clear(); print(list(gg), gg.gi_frame)
gg=g(); next(gg)
try: gg.gi_frame.clear()
except RuntimeError as e: print(e)
def me(): sys._getframe().clear()
try: me()
except RuntimeError as e: print(e)
