import weakref
class Ref(weakref.ref):
    def __init__(self, target, callback=None, name=''):
        super().__init__(target, callback)
        self.name = name
    def __new__(cls, target, callback=None, name=''):
        return super().__new__(cls, target, callback)
class C:
    pass
c = C()
a, b = Ref(c, name='a'), Ref(c, name='b')
print(a is b, a.name, b.name, a() is c, a == b)
del c
print(a(), b())
