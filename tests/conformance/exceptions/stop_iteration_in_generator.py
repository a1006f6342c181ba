def g():
    yield 1
    raise StopIteration('inside')
it = g()
print(next(it))
try:
    next(it)
except RuntimeError as e:
    print(e, repr(e.__cause__))
def h():
    return 5
    yield
try:
    next(h())
except StopIteration as e:
    print(e.value)
