class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
d = {'a': K(0), 'b': K(1), 'c': K(2)}
del d
print('del')
d = {K('k0'): K('v0'), K('k1'): K('v1')}
d.clear()
print('clear')
d['x'] = K(3)
d['x'] = K(4)
print('replaced')
d.pop('x')
print('pop')
d['y'] = K(5)
d.update(y=6)
print('update')
