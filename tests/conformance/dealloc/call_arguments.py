class K:
    def __init__(self, n='self'):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
    def m(self, a):
        pass
    def __call__(self, a, b):
        pass
def f(a, b):
    pass
def star(*args):
    pass
f(K('a'), K('b'))
print('function')
f(b=K('b'), a=K('a'))
print('keywords')
star(K('a'), K('b'))
print('star')
K().m(K('a'))
print('method')
K()(K('a'), K('b'))
print('call')
