print(int | str, isinstance(1, int | str), isinstance(1.0, int | str | None), int | None, (int|str) == (str|int), int | int, issubclass(bool, int | str))
try: int | 3
except TypeError as e: print(e)
try: 3 | int
except TypeError as e: print(e)
class M(type):
    def __instancecheck__(cls, o): return True
class A(metaclass=M): pass
print(isinstance(3, A), isinstance(3, (str, A)), isinstance(3, str|A))
try: isinstance(3, 4)
except TypeError as e: print(e)
try: issubclass(3, int)
except TypeError as e: print(e)
try: issubclass(int, 3)
except TypeError as e: print(e)
class P:
    @property
    def __class__(self): return int
print(isinstance(P(), int), isinstance(P(), P), type.__instancecheck__(int, P()))
print((int|str).__args__)
