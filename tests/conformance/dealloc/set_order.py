class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
    def __hash__(self):
        return self.n
s = {K(3), K(1), K(2)}
del s
print('del')
f = frozenset([K(2), K(1)])
del f
print('frozenset')
