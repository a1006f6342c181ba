import sys
class A:
    pass
start = sys.getrefcount(A)
a = A()
print(sys.getrefcount(A) - start)
b = [A() for _ in range(3)]
print(sys.getrefcount(A) - start)
del a, b
print(sys.getrefcount(A) - start)
class B(A):
    pass
print(sys.getrefcount(A) - start)
