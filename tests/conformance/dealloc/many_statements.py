# When and in which order objects die, statement by statement.
import sys,gc
g=sys.getrefcount
class K:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
    def __repr__(s): return 'K(%r)'%s.n
# frames teardown and calls
def f(a,b,*c,d=None,**e):
    x=K('x');y=K('y');z=[K('z0'),K('z1')]
    return 1
f(K('a'),K('b'),K('c0'),K('c1'),d=K('d'),e=K('e')); print('--')
def h(a):
    def i(): return a
    b=K('hb'); c=K('hc')
    def j(): return b,c
    return 2
h(K('ha')); print('--')
def r():
    x=K('rx'); y=K('ry')
    raise ValueError(K('rv'))
try: r()
except ValueError as e: print('caught', e.args)
print('--')
def loop():
    for i in [K('l1'),K('l2'),K('l3')]:
        if i.n=='l2': return i
print(loop()); print('--')
a=b=K('ab'); a,b=b,a; del a; print('still'); del b
x=[K(1),K(2),K(3)]; x[1]=K('new'); print('set'); x[0:2]=[]; print('sl'); x+= [K('p')]; x*=0; print('--')
d={K('k'):K('v')}; d.clear(); print('--')
d={'a':K('a'),'b':K('b')}; d['a']=K('a2'); d.update(b=K('b2')); d.pop('a'); d|={'b':K('b3')}; del d['b']; print('--')
s={1,2}; t=(K('t1'),K('t2')); u=t+(K('t3'),); del t; print('u'); del u
K('tmp'); K('x').n; [K('c')][0]; {K('q')}; (K('e'),); print(K('pr'))
lambda q=K('dflt'): q
print('--')
class C:
    attr=K('classattr')
    def m(self): return self
del C; gc.collect(); print('--')
def gen():
    k=K('gen'); yield 1; yield 2
it=gen(); next(it); del it; it=gen(); list(it); del it
for i in gen(): break
print('--')
[K(i) for i in range(3)]; print('lc'); {K(i).n:0 for i in range(2)}; print('dc'); list(K(i) for i in range(2)); print('ge')
sum(K(i).n for i in range(3)); print('--')
with open('/dev/null') if 0 else type('CM',(),{'__enter__':lambda s:K('ent'),'__exit__':lambda s,*a:print('exit')})() as w: print('in')
del w
try:
    try: raise ValueError(K('v1'))
    except ValueError: raise KeyError(K('k1'))
except KeyError as e: print(e.__context__)
print('--')
def outer():
    k=K('cell')
    def inner(): nonlocal k; k=K('cell2'); print('rebound')
    inner(); print('inner done')
outer()
global_k=K('g1'); global_k=K('g2'); del global_k
def w():
    if (v:=K('walrus')): pass
    v=None; print('w')
w()
x=K('m')
match x:
    case K(n=nn): print(nn)
del x
a,*b=[K('s1'),K('s2'),K('s3')]; del b; print('b'); del a
print(*[K('st')]); max(K(1),K(2),key=lambda k:k.n); sorted([K(3),K(1)],key=lambda k:k.n); print('--')
list(map(K,[1,2])); list(zip([K('z')],[1])); list(enumerate([K('en')])); list(filter(None,[K('fi')])); print('--')
any([K('any')]); all([K('all')]); print('--')
isinstance(K('ii'),K); id(K('id')); repr(K('rp')); len([K('ln')]); hash(K('hs')); print('--')
K('bm').__init__('bm2'); print('--')
f=K('fm').__repr__; print(f()); del f
getattr(K('ga'),'n'); setattr(K('sa'),'n','sa2'); hasattr(K('ha'),'zz'); print('--')
try: K('exc').nope
except AttributeError as e: print(e.obj)
try: [K('idx')][5]
except IndexError: print('ie')
try: {}[K('key')]
except KeyError as e: print('ke')
try: K('l')+K('r')
except TypeError as e: print('te')
try: K('call')()
except TypeError as e: print('te2')
try: len(K('len'))
except TypeError: print('te3')
try: a,b=[K('u1')]
except ValueError: print('ve')
try: K('lt')<K('lt2')
except TypeError: print('te4')
print('end')
