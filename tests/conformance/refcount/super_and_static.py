import sys
class A:
    def m(self):
        return sys.getrefcount(self)
    @staticmethod
    def s(x):
        return sys.getrefcount(x)
    @classmethod
    def c(cls, x):
        return sys.getrefcount(x)
class B(A):
    def m(self):
        return super().m()
def f():
    b, y = B(), []
    print(b.m(), A.s(y), b.s(y), A.c(y), b.c(y))
f()
b, y = B(), []
print(b.m(), A.s(y), b.s(y), A.c(y), b.c(y))
