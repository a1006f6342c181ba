class Base:
    known = []
    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.known.append((cls.__name__, tag))
class A(Base, tag='a'):
    pass
class B(A):
    pass
print(Base.known)
class Meta(type):
    def __new__(meta, name, bases, namespace):
        print('meta', name, [k for k in namespace if not k.startswith('__')])
        return super().__new__(meta, name, bases, namespace)
    def __call__(cls, *args):
        print('calling', cls.__name__)
        return super().__call__(*args)
class M(metaclass=Meta):
    x = 1
    def f(self):
        pass
print(type(M).__name__, type(M()).__name__)
