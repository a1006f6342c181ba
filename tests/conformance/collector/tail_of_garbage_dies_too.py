import gc
class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
class C:
    pass
a = C()
a.me = a
a.tail = [K('first'), K('second')]
del a
print('deleted')
print(gc.collect())
