class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
def gen():
    a = K('a')
    b = K('b')
    try:
        yield 1
        yield 2
    finally:
        print('finally')
g = gen()
print(next(g))
del g
print('end')
