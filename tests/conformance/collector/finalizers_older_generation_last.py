import gc
class K:
    def __init__(self, n):
        self.n = n
        self.me = self
    def __del__(self):
        print('del', self.n)
a = K('in generation 1')
gc.collect(0)
b = K('in generation 0')
del a, b
gc.collect(1)
c = K('in generation 2')
gc.collect()
d = K('young')
del c, d
gc.collect()
