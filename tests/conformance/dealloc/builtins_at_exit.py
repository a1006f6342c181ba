import sys
class K:
    def __init__(self, n): self.n = n
    def __del__(self): print('dead', self.n); print(len, open)
a = K('a')
def f():
    loc = K('loc')
    sys.exit(K('arg'))
b = K('b')
del f.__globals__['K'].__del__.__globals__['__name__']
f()
