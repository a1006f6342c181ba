class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
    def __hash__(self):
        return 1
    def __eq__(self, other):
        return True
d = {K('first key'): K('first value')}
d[K('second key')] = K('second value')
print([k.n for k in d])
s = {K('in set')}
s.add(K('not added'))
print([k.n for k in s])
del s
del d
print('end')
