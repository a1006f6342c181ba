# A class gets other bases: its order, its subclasses, and what is refused.
class A:
    x = 1


class B:
    x = 2


class C(A):
    pass


class D(C):
    pass


c, d = C(), D()
C.__bases__ = (B,)
print(c.x, d.x, [k.__name__ for k in D.__mro__], A.__subclasses__(), [k.__name__ for k in B.__subclasses__()])
for value in ((), 3, (D,), (1,), (A, A)):
    try:
        C.__bases__ = value
    except TypeError as error:
        print(error)
C.__bases__ = C.__bases__ + (A,)
print([k.__name__ for k in C.__mro__])
