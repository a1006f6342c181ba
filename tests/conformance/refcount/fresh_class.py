import sys
class A:
    pass
print(sys.getrefcount(A))
class S:
    __slots__ = 'x', 'y'
print(sys.getrefcount(S))
class M:
    def m(self):
        return __class__
print(sys.getrefcount(M))
