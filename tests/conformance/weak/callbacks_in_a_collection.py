import gc, weakref
class C:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('del', self.n, [r() for r in refs])
gc.collect()
a, b = C('a'), C('b')
a.other, b.other = b, a
refs = [weakref.ref(a, lambda r: print('callback a')), weakref.ref(b, lambda r: print('callback b'))]
del a, b
print(gc.collect())
