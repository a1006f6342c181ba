class A:
    def who(self):
        return 'A'
class B(A):
    def who(self):
        return 'B' + super().who()
class C(A):
    def who(self):
        return 'C' + super().who()
class D(B, C):
    def who(self):
        return 'D' + super().who()
print(D().who(), [c.__name__ for c in D.__mro__], D.__bases__)
print(isinstance(D(), A), issubclass(D, C), issubclass(A, D), isinstance(1, (str, int)))
try:
    class E(A, B):
        pass
except TypeError as error:
    print(error)
