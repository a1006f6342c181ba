class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
e = ValueError(K('arg0'), K('arg1'))
e.note = K('attribute')
del e
print('dead')
def f():
    local = K('local')
    try:
        raise KeyError(K('inner'))
    except KeyError:
        raise ValueError(K('outer'))
try:
    f()
except ValueError:
    print('handling', end=' ')
print('end')
