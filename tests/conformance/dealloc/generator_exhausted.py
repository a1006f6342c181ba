class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
def gen(p):
    a = K('a')
    yield 1
    print('finishing')
g = gen(K('p'))
print(list(g))
print('generator still bound')
h = gen(K('p'))
next(h)
h.close()
print('closed')
