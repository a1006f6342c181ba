# The count of one list, expression by expression.
import sys
g=sys.getrefcount
def cnt():
    out=[]
    x=[]; out.append(g(x)); y=x; out.append(g(x)); l=[x,x]; out.append(g(x)); t=(x,); out.append(g(x)); d={1:x}; out.append(g(x)); 
    d[2]=x; out.append(g(x)); del d[1]; out.append(g(x)); l.pop(); out.append(g(x)); l.clear(); out.append(g(x)); y=None; out.append(g(x))
    def f(): return x
    out.append(g(x)); f(); out.append(g(x)); del f; out.append(g(x))
    z=[x]*4; out.append(g(x)); z2=z[:]; out.append(g(x)); z3=z+z; out.append(g(x)); z.extend(z3); out.append(g(x)); del z[::2]; out.append(g(x)); z[1:3]=[x]; out.append(g(x)); z.insert(0,x); out.append(g(x)); z.remove(x); out.append(g(x)); z.reverse(); z.sort(key=id); out.append(g(x)); it=iter(z); next(it); out.append(g(x)); del it; del z,z2,z3; out.append(g(x))
    a=b=c=x; out.append(g(x)); (a,b),c=(1,2),3; out.append(g(x)); a,*b=x,x,x; out.append(g(x)); del a,b; out.append(g(x))
    for i in [x,x]: out.append(g(x))
    out.append(g(x)); i=0
    for i in (x,): out.append(g(x))
    i=0
    for i,j in [(x,x)]: out.append(g(x))
    i=j=0
    for i,j in enumerate([x]): out.append(g(x))
    j=0
    for i,j in zip([x],[x]): out.append(g(x))
    i=j=0
    for k,v in {1:x}.items(): out.append(g(x))
    v=0
    out.append([g(q) for q in [x]]); out.append(list(g(q) for q in [x])); out.append({1:g(q) for q in [x]})
    h=lambda q: g(q); out.append(h(x)); out.append((lambda *q: g(q[0]))(x)); out.append((lambda **q: g(q['a']))(a=x)); out.append((lambda q=x: g(q))()); out.append(h(q=x)); out.append(h(*[x])); out.append(h(**{'q':x}))
    class C: v=x
    out.append(g(x)); c=C(); c.w=x; out.append(g(x)); out.append(g(c)); m=c.__init__; out.append(g(c)); del m; C.m=lambda s: g(s); out.append(c.m()); out.append(C.m(c)); bm=c.m; out.append(bm()); del bm,c,C; import gc; gc.collect(); out.append(g(x))
    try: raise ValueError(x)
    except ValueError as e: out.append(g(x)); out.append(g(e))
    out.append(g(x))
    try:
        try: raise KeyError(x)
        finally: out.append(g(x))
    except KeyError: out.append(g(x))
    out.append(g(x))
    def gen(p): yield g(p); yield g(p); yield p
    it=gen(x); out.append(g(x)); out.append(next(it)); out.append(g(x)); out.append(next(it)); r=next(it); out.append(g(x)); del r,it; out.append(g(x))
    def deleg(p): yield from gen(p)
    it=deleg(x); out.append(next(it)); out.append(g(x)); del it; out.append(g(x))
    out.append(g(x) if x is not None else 0); out.append((x,g(x))[1]); out.append([x,x,g(x)][2]); out.append({'a':x,'b':g(x)}['b']); out.append(f'{g(x)}'); out.append((lambda: g(x))()); out.append(x and 1 or g(x)); out.append(g(x or x)); out.append(g(x if 1 else 0)); out.append(g((x))); out.append(g([x][0])); out.append(g((x,)[0])); out.append(g({1:x}[1])); out.append(g((lambda: x)())); out.append(g(max([x],[x])[0])); out.append(g((w:=x))); out.append(g(w)); w=None
    with type('M',(),{'__enter__':lambda s: x,'__exit__':lambda s,*a: None})() as k: out.append(g(x))
    k=None; out.append(g(x))
    match x:
        case []: out.append(g(x))
    match (x,1):
        case (q,1): out.append(g(x))
    q=None
    global G; G=x; out.append(g(x)); out.append(g(G)); del G; out.append(g(x))
    def nested():
        def n2(): return g(x)
        return n2(), g(x)
    out.append(nested()); assert g(x), x
    return out
print(cnt())
x=[]; print(g(x)); y=x; print(g(x)); del y; print(g(x))
def rec(a,n): return g(a) if n==0 else rec(a,n-1)
print(rec(x,0),rec(x,1),rec(x,10)); 
def top():
    y=[]; return rec(y,0),rec(y,1),rec(y,10),g(y)
print(top())
class P:
    @property
    def p(self): return g(self)
    @staticmethod
    def s(a): return g(a)
    @classmethod
    def c(cls,a): return g(a)
    def __getattr__(self,n): return g(self)
    def __getitem__(self,i): return g(self), g(i)
    def __call__(self): return g(self)
p=P(); k=[]
for i in range(4): print(p.p, p.zz, p[k], p(), p.s(k), p.c(k), P.s(k), P.c(k))
def q():
    p=P(); k=[]
    for i in range(4): print(p.p, p.zz, p[k], p(), p.s(k), p.c(k), P.s(k), P.c(k))
q()
class Base:
    def m(self,a): return g(self),g(a)
class Sub(Base):
    def m(self,a): return super().m(a)
    def n(self,a): return super(Sub,self).m(a)
s=Sub()
for i in range(3): print(s.m(k), s.n(k))
def q():
    s=Sub(); k=[]
    for i in range(3): print(s.m(k), s.n(k), Base.m(s,k))
q()
class GA:
    def __getattribute__(self,n): return g(self)
ga=GA()
def q():
    ga=GA()
    for i in range(4): print(ga.x, ga.x)
q()
def deco(f):
    def w(*a,**k): return f(*a,**k)
    return w
@deco
def dd(a,b=None): return g(a), g(b)
print(dd(k,b=k)); 
def q():
    k=[]; print(dd(k,b=k), dd(k,k))
q()
