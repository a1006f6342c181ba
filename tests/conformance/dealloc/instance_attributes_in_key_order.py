class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
class C:
    pass
first = C()
first.a = 1
first.b = 2
first.c = 3
second = C()
second.c = K('c')
second.a = K('a')
second.b = K('b')
del second
print('shared key order')
third = C()
third.a = K('a')
third.b = K('b')
del third.a
third.a = K('a2')
print('deleted', end=' ')
del third
print('dead')
