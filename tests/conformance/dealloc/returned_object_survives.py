class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
def f():
    a = K('a')
    b = K('b')
    return a
kept = f()
print('kept', kept.n)
f()
print('end')
del kept
