def f(a, b, /):
    pass
def g(a, /, b=1, *, c):
    pass
def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)
attempt(lambda: f())
attempt(lambda: f(a=1, b=2))
attempt(lambda: f(1, 2, 3))
attempt(lambda: g(c=1))
attempt(lambda: g(1, 2, 3, c=1))
