# inspect.signature of what is written in C and of what is not.
import inspect

for function in (len, print, sorted, str.split, [].append, list.sort, dict.get, int.from_bytes, isinstance, int, list):
    try:
        print(function.__name__, inspect.signature(function))
    except ValueError as error:
        print(function.__name__, error)


def g(a, /, b: int = 3, *args, c, d=5, **kw) -> str:
    return ''


class C:
    def __init__(self, x, y=1): ...

    @classmethod
    def cm(cls, a): ...

    @staticmethod
    def sm(a, b): ...


print(inspect.signature(g), inspect.signature(C), inspect.signature(C.cm), inspect.signature(C.sm))
bound = inspect.signature(g).bind(1, 2, c=3, z=4)
bound.apply_defaults()
print(bound)
print(inspect.getfullargspec(g))
