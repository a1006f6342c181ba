# A metaclass sees its classes being made, called, compared and dropped.
import gc
import sys
import weakref

gc.disable()


class Registry(type):
    classes = weakref.WeakSet()

    @classmethod
    def __prepare__(mcls, name, bases, **options):
        print('prepare', name, options)
        return {'made_by': mcls.__name__}

    def __new__(mcls, name, bases, namespace, **options):
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.classes.add(cls)
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
        cls.options = options

    def __call__(cls, *args, **kwargs):
        instance = super().__call__(*args, **kwargs)
        cls.count = cls.__dict__.get('count', 0) + 1
        return instance

    def __len__(cls):
        return cls.count

    def __iter__(cls):
        return iter(cls.options)

    def __contains__(cls, item):
        return item in cls.options

    def __getitem__(cls, key):
        return cls.options[key]

    def __repr__(cls):
        return f'<{cls.__name__}>'

    def __instancecheck__(cls, other):
        return isinstance(other, str) or super().__instancecheck__(other)

    def __del__(cls):
        print('class', cls.__name__, 'dies')

    def __eq__(cls, other):
        return cls.__name__ == getattr(other, '__name__', None)

    __hash__ = type.__hash__


class Model(metaclass=Registry, table='models'):
    pass


class User(Model, table='users', key='id'):
    def __init__(self, name):
        self.name = name


users = [User(n) for n in 'abc']
Model()
print(len(User), len(Model), list(User), 'key' in User, User['table'], User, User.made_by)
print(isinstance('text', User), isinstance(5, User), issubclass(User, Model), type(User) is Registry)
print(sorted(c.__name__ for c in Registry.classes), sys.getrefcount(users[0]))
print(User == User, User == Model, User in [Model, User], bool(User))
ref = weakref.ref(User)
del User
print(ref() is not None)
users.clear()
print(ref() is not None, Model.__subclasses__())
gc.collect()
print(ref(), Model.__subclasses__(), [c.__name__ for c in Registry.classes])
try:
    class Both(Model, metaclass=type('Other', (type,), {})):
        pass
except TypeError as error:
    print(error)
Quick = Registry('Quick', (), {'x': 1}, flag=True)
print(Quick, Quick.x, Quick.options)
print('end')
