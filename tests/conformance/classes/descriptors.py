class Field:
    def __set_name__(self, owner, name):
        print('set_name', owner.__name__, name)
        self.name = name
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, 'unset')
    def __set__(self, obj, value):
        obj.__dict__[self.name] = value * 2
class NonData:
    def __get__(self, obj, owner):
        return 'from descriptor'
class C:
    a = Field()
    n = NonData()
c = C()
print(c.a, c.n, type(C.a).__name__)
c.a = 5
c.__dict__['n'] = 'from instance'
print(c.a, c.n)
