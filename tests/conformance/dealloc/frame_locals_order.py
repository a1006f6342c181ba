class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
def f(p, q, *args, k, **kw):
    a = K('a')
    b = K('b')
    c = K('c')
f(K('p'), K('q'), K('args'), k=K('k'), z=K('kw'))
print()
def g():
    b = K('b')
    a = K('a')
    del b
    b = K('b2')
    c = K('c')
g()
print()
