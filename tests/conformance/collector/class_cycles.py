import gc
def count(build):
    gc.collect()
    build()
    return gc.collect()
def empty():
    class C:
        pass
def method():
    class C:
        def m(self):
            pass
def slot():
    class C:
        __slots__ = 'a',
def subclass():
    class A:
        pass
    class B(A):
        pass
def exception():
    class E(Exception):
        pass
print(count(empty), count(method), count(slot), count(subclass), count(exception))
