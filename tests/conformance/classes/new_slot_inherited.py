# object.__new__ in a class body, or a __new__ deleted, leaves the slot that was inherited.

class A(object):
    def __new__(cls, *args, **kwargs): raise AssertionError
class B(A):
    __new__ = object.__new__
    def __init__(self, foo): self.foo = foo
try: B(3); print('made')
except TypeError as e: print(e)
class C2:
    def __new__(cls, *a): return object.__new__(cls)
C2(1)
del C2.__new__
try: C2(1)
except TypeError as e: print(e)
print(type(C2()).__name__)
class I(A, int):
    __new__ = int.__new__
try: print(I(5))
except Exception as e: print(type(e), e)
