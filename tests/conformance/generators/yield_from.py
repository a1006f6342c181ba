def inner():
    x = yield 1
    print('inner got', x)
    yield 2
    return 'result'
def outer():
    value = yield from inner()
    print('inner returned', value)
    yield from 'ab'
g = outer()
print(next(g), g.send('sent'), list(g))
