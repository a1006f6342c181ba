def f(*args):
    return args[5]

result = f(
    1,
    2,
    3,
)
