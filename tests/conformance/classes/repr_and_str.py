class A:
    pass
class B:
    def __repr__(self):
        return 'B()'
class C(B):
    def __str__(self):
        return 'a C'
print(repr(B()), str(B()), repr(C()), str(C()), [C()], f'{C()} {C()!r}')
print(repr(A())[:20], A, B.__repr__ is not object.__repr__)
try:
    class D:
        def __repr__(self):
            return 5
    repr(D())
except TypeError as error:
    print(error)
