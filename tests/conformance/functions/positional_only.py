def f(a, b, /, c, *, d=0, **rest):
    return a, b, c, d, rest
print(f(1, 2, 3))
print(f(1, 2, c=3, d=4))
print(f(1, 2, 3, a=9, b=8))
try:
    f(1, b=2, c=3)
except TypeError as error:
    print(error)
