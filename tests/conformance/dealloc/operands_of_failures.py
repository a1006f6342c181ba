# The order in which an operation's operands die when it fails.
class K:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
def t(f):
    try: f()
    except Exception as e: print(type(e).__name__)
t(lambda: K('l')+K('r')); t(lambda: K('l')[K('r')]); t(lambda: K('l')<K('r')); t(lambda: K('l') in K('r')); t(lambda: -K('l')); t(lambda: [K('a')][K('b')])
def f():
    K('l')[K('r')]=K('v')
t(f)
def f():
    del K('l')[K('r')]
t(f)
def f():
    K('l').a.b=K('v')
t(f)
def f():
    a=K('l'); a+=K('r')
t(f)
def f():
    K('l')[K('a'):K('b')]
t(f)
def f():
    K('l')[K('a'):K('b')]=K('c')
t(f)
def f():
    a,b=K('l')
t(f)
def f():
    for i in K('l'): pass
t(f)
def f():
    with K('l'): pass
t(f)
def f(): raise K('l')
t(f)
def f(): raise ValueError from K('l')
t(f)
def f(): [1, K('a'), *K('b')]
t(f)
def f(): {K('a'): 1, **K('b')}
t(f)
def f(): print(K('a'), *K('b'))
t(f)
def f(): print(K('a'), **K('b'))
t(f)
def f(): print(K('a'), sep=K('b'))
t(f)
def f(): len(K('a'), K('b'))
t(f)
def f(): K('a')(K('b'), K('c'))
t(f)
def f(): (lambda x: 1)(K('a'), K('b'))
t(f)
def f(): K(K('a'), K('b'))
t(f)
def f(): f'{K("a")}{K("b"):5}'
t(f)
def f(): {K('a'), [K('b')], K('c')}
t(f)
def f(): K('a').m(K('b'))
t(f)
def f(): [].append(K('a'), K('b'))
t(f)
def f(): isinstance(K('a'), K('b'))
t(f)
def f(): x = K('a') if K('b').zz else K('c')
t(f)
