class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
z = zip([K('a'), K('b')], [K('c')])
next(z)
print('first')
del z
print('zip')
m = map(lambda k: k.n, [K('m0'), K('m1')])
print(next(m), end=' ')
del m
print('map')
