# How many references a special method sees to its arguments, in each place that calls it.
import sys
g = sys.getrefcount
x = []
class P:
    def __getattr__(self, n): print('ga', g(self)); return 1
    def __setattr__(self, n, v): print('sa', g(v), g(self))
    def __delattr__(self, n): print('da', g(self))
    def __getitem__(self, i): print('gi', g(i), g(self))
    def __setitem__(self, i, v): print('si', g(i), g(v), g(self))
    def __delitem__(self, i): print('di', g(i), g(self))
    def __contains__(self, i): print('co', g(i), g(self))
    def __add__(self, i): print('add', g(i), g(self))
    def __radd__(self, i): print('radd', g(i), g(self))
    def __iadd__(self, i): print('iadd', g(i), g(self)); return self
    def __lt__(self, i): print('lt', g(i), g(self))
    def __gt__(self, i): print('gt', g(i), g(self))
    def __eq__(self, i): print('eq', g(i), g(self))
    def __hash__(self): print('hash', g(self)); return 1
    def __repr__(self): print('repr', g(self)); return 'r'
    def __str__(self): print('str', g(self)); return 'r'
    def __format__(self, s): print('format', g(self)); return 'r'
    def __bool__(self): print('bool', g(self)); return True
    def __len__(self): print('len', g(self)); return 1
    def __iter__(self): print('iter', g(self)); return iter([])
    def __neg__(self): print('neg', g(self))
    def __index__(self): print('index', g(self)); return 1
    def __int__(self): print('int', g(self)); return 1
    def __float__(self): print('float', g(self)); return 1.0
    def __abs__(self): print('abs', g(self)); return 1
    def __divmod__(self, o): print('divmod', g(self), g(o)); return 1
    def __pow__(self, o): print('pow', g(self), g(o)); return 1
    def __call__(self, *a): print('call', g(self)); return 1
    def __enter__(self): print('enter', g(self))
    def __exit__(self, *a): print('exit', g(self))
    def __reversed__(self): print('rev', g(self)); return []
    def __round__(self, n=None): print('round', g(self)); return 1
    def __dir__(self): print('dir', g(self)); return []
    def __get__(self, o, t): print('get', g(self), g(o)); return 1
    def __set__(self, o, v): print('set', g(self), g(o), g(v))
    def __delete__(self, o): print('delete', g(self), g(o))
    def __instancecheck__(self, o): print('ic', g(self), g(o)); return True
    def __missing__(self, k): pass
p=P()
class Q:
    d=p
q=Q()
def ops(p,x,q):
    for i in range(3):
        p.nope; p.a=x; del p.a; p[x]; p[x]=x; del p[x]; x in p; p+x; x+p; p<x; x<p; p==x; x==p; hash(p); repr(p); str(p); f'{p}'; f'{p!r}'; format(p); '%s' % p; '{}'.format(p)
        bool(p); not p; len(p); list(p)
        for z in p: pass
        -p; [1,2][p]; int(p); float(p); abs(p); divmod(p,x); p**x; p(); p(x); reversed(p); round(p); round(p,1); dir(p); q.d; q.d=x
        del q.d
        isinstance(x,p); p if p else x; p and x; p or x; range(p); [1]*p; 'a'.join([]) ; print(p, end=''); print('', p); iter(p); {p}; {p:1}; [p]==[p]; (p,)==(x,); p!=x; p is x; x in [p]; [p].index(x) if 0 else 0; min([p,p]); sorted([p,p]); max(p,p)
        pp=p; pp+=x
        with p: pass
        pow(p,x); sum([p],p); bool(p); any([p]); all([p]); list(filter(None,[p])); chr(p); bytes(p); getattr(p,'zz'); setattr(p,'zz',x); delattr(p,'zz'); hasattr(p,'k'); a,*b=p if 0 else (1,2); [*p]; {**{}}; print(*p); (lambda *a:0)(*p)
ops(p,x,q)
for i in range(3):
        p.nope; p.a=x; del p.a; p[x]; p[x]=x; del p[x]; x in p; p+x; x+p; p<x; x<p; p==x; x==p; hash(p); repr(p); str(p); f'{p}'; f'{p!r}'; format(p); '%s' % p; '{}'.format(p)
        p(); q.d; q.d=x
        if p: pass
        with p: pass
