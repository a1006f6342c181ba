class K:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        print('hash', self.n)
        return hash(self.n)
    def __eq__(self, other):
        print('eq', self.n, other.n)
        return self.n == other.n
d = {K(1): 'one'}
print(d[K(1)])
print(K(2) in d)
k = K(3)
print({k: 1}[k])
