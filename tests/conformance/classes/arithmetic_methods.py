class N:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f'N({self.n})'
    def __add__(self, o):
        return N(self.n + o.n) if isinstance(o, N) else NotImplemented
    def __radd__(self, o):
        return N(o + self.n)
    def __iadd__(self, o):
        self.n += 100
        return self
    def __neg__(self):
        return N(-self.n)
    def __abs__(self):
        return N(abs(self.n))
    def __mul__(self, o):
        return N(self.n * o)
    __rmul__ = __mul__
    def __floordiv__(self, o):
        return 'floordiv'
    def __matmul__(self, o):
        return 'matmul'
    def __invert__(self):
        return 'invert'
    def __pow__(self, o):
        return 'pow'
    def __lshift__(self, o):
        return 'lshift'
a = N(1)
b = a
b += 5
print(a, a is b, a + N(2), 10 + a, -a, abs(N(-3)), a * 2, 3 * a, a // 1, a @ a, ~a, a ** 2, a << 1)
try:
    a + 'x'
except TypeError as error:
    print(error)
try:
    a - 1
except TypeError as error:
    print(error)
