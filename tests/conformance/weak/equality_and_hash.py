import weakref
class C:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return self.n == other.n
    def __hash__(self):
        return self.n
a, b = C(5), C(5)
ra, rb = weakref.ref(a), weakref.ref(b, lambda r: None)
print(ra == rb, hash(ra), hash(ra) == hash(a))
del a, b
print(ra == rb, ra == ra, hash(ra))
try:
    hash(rb)
except TypeError as error:
    print(error)
