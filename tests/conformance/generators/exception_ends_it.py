def g():
    yield 1
    raise KeyError('inside')
it = g()
print(next(it))
try:
    next(it)
except KeyError as e:
    print(repr(e))
print(list(it))
