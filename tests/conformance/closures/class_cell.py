# super() and __class__ need a cell that holds the class: it is made before the class and filled after.
import gc
import sys


class Base:
    def hello(self):
        return 'base'


class Child(Base):
    def hello(self):
        return 'child of ' + super().hello()

    def who(self):
        return __class__

    plain = lambda self: 1


print(Child().hello(), Child().who() is Child)
print(Child.hello.__code__.co_freevars, Child.hello.__closure__[0].cell_contents is Child)
print(Child.who.__closure__[0] is Child.hello.__closure__[0], Child.plain.__closure__)


class Meta(type):
    def __new__(mcls, name, bases, namespace):
        print(sorted(k for k in namespace if not k.startswith('__') or 'cell' in k))
        return super().__new__(mcls, name, bases, namespace)


class Made(metaclass=Meta):
    def f(self):
        return __class__


print('__classcell__' in Made.__dict__, Made().f() is Made)


class Forgets(type):
    def __new__(mcls, name, bases, namespace):
        namespace = {k: v for k, v in namespace.items() if k != '__classcell__'}
        return super().__new__(mcls, name, bases, namespace)


try:
    class Broken(metaclass=Forgets):
        def f(self):
            return super()
except RuntimeError as error:
    print(str(error).split(' at ')[0])


def early():
    class C:
        def f(self):
            return __class__

        try:
            f(None)
        except NameError as error:
            print(error)

    return C


C = early()
print(C.f(None) is C)
Base.moved = Child.hello
try:
    Base().moved()
except TypeError as error:
    print(error)
del C
print(gc.collect() > 0)
