def f(a, *args, k=0, **kwargs):
    return a, args, k, kwargs
print(f(1))
print(f(1, 2, 3, k=4, z=5, y=6))
print(f(*'abc', **{'m': 1}))
print(f(*[1], *[2, 3], k=1, **{'p': 1}, **{'q': 2}))
