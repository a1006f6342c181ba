def f(a, b=2, *, c=3):
    return a, b, c
print(f(1))
print(f(b=5, a=4))
print(f(1, c=9))
print(f(*(1,), **{'c': 7}))
print(f.__kwdefaults__)
