import gc
class K:
    def __init__(self, n):
        self.n = n
        self.data = [n]
    def __del__(self):
        print('del', self.n, self.other.data)
a, b = K(1), K(2)
a.other, b.other = b, a
del a, b
gc.collect()
print('end')
