import gc
class Meta(type):
    def __del__(cls):
        print('dead class', cls.__name__)
class A(metaclass=Meta):
    pass
del A
print('deleted')
gc.collect()
print('collected')
