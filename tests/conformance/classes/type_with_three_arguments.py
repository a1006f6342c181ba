C = type('C', (), {'x': 1, 'm': lambda self: self.x + 1})
print(C.__name__, C().m(), C.__mro__[1:], type(C))
D = type('D', (C,), {})
print(D().m(), D.__bases__[0] is C)
