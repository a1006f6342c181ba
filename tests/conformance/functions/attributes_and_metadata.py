def f(a, b=1):
    "says what it does"
    return a
f.tag = 5
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.tag, f.__dict__)
class C:
    def m(self):
        def inner():
            pass
        return inner
print(C.m.__qualname__, C().m().__qualname__, f.__code__.co_name, f.__code__.co_varnames)
print((lambda: 0).__name__)
