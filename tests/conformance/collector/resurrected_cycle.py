import gc
class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('del', self.n)
        saved.append(self)
saved = []
a, b = K('a'), K('b')
a.other, b.other = b, a
del a, b
print(gc.collect(), sorted(k.n for k in saved))
print(saved[0].other.other is saved[0], gc.garbage)
saved.clear()
print(gc.collect(), saved)
