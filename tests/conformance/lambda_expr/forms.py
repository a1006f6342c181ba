print((lambda: 1)())
print((lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 3, 5, d=6, f=7))
print((lambda x: (lambda y: x + y))(1)(2))
print(sorted([3, 1, 2], key=lambda n: -n))
