import sys
class S:
    __slots__ = 'a', 'b'
v = []
s = S()
s.a = s.b = v
print(sys.getrefcount(v))
del s.a
print(sys.getrefcount(v))
s.b = 1
print(sys.getrefcount(v))
