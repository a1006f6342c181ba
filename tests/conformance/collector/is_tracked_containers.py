import gc
class C:
    pass
class S:
    __slots__ = ()
def f():
    pass
for thing in [], [1], set(), {1}, C(), S(), f, C, C().__init__, (i for i in ()), iter([]), ValueError(), gc:
    print(type(thing).__name__, gc.is_tracked(thing))
