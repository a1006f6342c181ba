def f(x):
    return id(x * 1.5)
print(f(1.0) == f(2.0))
def g(x):
    return id((x, x))
print(g(1) == g(2))
print(id({}) == id({}))
