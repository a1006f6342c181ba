# Annotations, ready or evaluated when asked for.
x: int = 1
y: "str"
def f(a: int, b: 'x' = 1, **d) -> list[int]: pass
class C:
    z: int
    if x: w: str = 1
    def m(self, q: C): pass
class D(C): pass
import sys
print(f.__annotations__ if sys.version_info < (3,14) else f.__annotate__) if 0 else None
try: print(f.__annotations__)
except NameError as e: print(e)
undefined = float
print(f.__annotations__, f.__annotations__ is f.__annotations__)
print(C.__annotations__, C.__annotations__ is C.__annotations__, C.m.__annotations__)
print(sorted(k for k in C.__dict__ if 'anno' in k))
print(D.__annotations__)
print(__annotations__ if sys.version_info < (3, 14) else __annotate__(1))

f.__annotations__ = {'a': 1}
print(f.__annotations__)
if sys.version_info >= (3, 14):
    print(f.__annotate__)
    def an(fmt): return {'q': fmt}
    f.__annotate__ = an
    print(f.__annotations__, f.__annotate__ is an)
    for v in (1, None):
        try: f.__annotate__ = v; print(f.__annotate__, f.__annotations__)
        except TypeError as e: print(e)
    print(C.__annotate__(1))
    try: C.__annotate__(2)
    except NotImplementedError as e: print('NIE', e)
    D.__annotations__ = {'k': 1}
    print(D.__annotations__, D.__annotate__, sorted(k for k in D.__dict__ if 'anno' in k))
    del D.__annotations__
    print(D.__annotations__)
    C.__annotate__ = an
    print(C.__annotations__)
    try: print(int.__annotations__)
    except AttributeError as e: print(e)
    def g(a: nope, b: nope2.x[int]): pass
    f.__annotate__ = lambda f: 1
    try: f.__annotations__
    except TypeError as e: print(e)
try: f.__annotations__ = 1
except TypeError as e: print(e)
def gen[T: int](x: T): y: int = 1
print(gen.__annotations__, gen.__type_params__)
class G2[T]:
    v: T
print(G2.__annotations__, G2.__type_params__)
