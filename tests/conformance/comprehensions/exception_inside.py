x = 'kept'
def f():
    x = 'local'
    try:
        [1 / x for x in (1, 0)]
    except ZeroDivisionError:
        return x
print(f(), x)
try:
    [y for x in (1, 2) for y in x]
except TypeError as error:
    print(error, x)
