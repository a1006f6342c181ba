def show(x):
    print(x)
    return x
def f(*args, **kw):
    return args, kw
print(f(show(1), *[show(2)], a=show(3), **{'b': show(4)}))
