def f(a, b, c=3, *, k):
    pass
def g():
    pass
five = 5
def h(a, b=1):
    pass
def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)
attempt(lambda: f())
attempt(lambda: f(1, k=1))
attempt(lambda: f(1, 2))
attempt(lambda: f(1, 2, 3, 4, k=1))
attempt(lambda: f(1, 2, 3, 4, 5))
attempt(lambda: f(1, 2, a=3, k=1))
attempt(lambda: f(1, 2, z=3, k=1))
attempt(lambda: g(1))
attempt(lambda: h())
attempt(lambda: h(1, 2, 3))
attempt(lambda: g(x=1))
attempt(lambda: f(**{'k': 1}, **{'k': 2}))
attempt(lambda: five())
attempt(lambda: g(*5))
attempt(lambda: g(**5))
