import sys
x = []
print(sys.getrefcount(x))
class C:
    y = []
    print(sys.getrefcount(y), sys.getrefcount(x))
print(sys.getrefcount(C.y))
