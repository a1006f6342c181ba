class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
class Base:
    __slots__ = 'z', 'm'
class Derived(Base):
    __slots__ = 'c', 'a'
d = Derived()
for name in 'z', 'm', 'c', 'a':
    setattr(d, name, K(name))
del d
print('dead')
