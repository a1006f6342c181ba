# Functions and cells made in hot loops: late binding, counters, defaults, and what keeps what alive.
import sys
import weakref


class Big:
    pass


def late(rounds):
    functions = []
    for i in range(rounds):
        functions.append(lambda: i)
    return {f() for f in functions}, sys.getrefcount(functions[0].__closure__[0])


def bound(rounds):
    return sum(f() for f in [lambda i=i: i for i in range(rounds)])


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n
    return step


def counting(rounds):
    a, b = counter(), counter()
    for i in range(rounds):
        a()
        if i % 3 == 0:
            b(10)
        if i == 90:
            a(0.5)
    try:
        b('text')
    except TypeError as error:
        print(error)
    return a(), b()


def keeps(rounds):
    alive = []
    kept = None
    for i in range(rounds):
        big = Big()
        ref = weakref.ref(big)

        def user():
            return big

        if i % 50 == 49:
            kept = user
            alive.append((ref() is big, sys.getrefcount(big), sys.getrefcount(user)))
    big = None
    alive.append((ref() is None, kept()))
    return alive


def cell_swapped(rounds):
    x = 0

    def read():
        return x

    out = []
    for i in range(rounds):
        x = i if i < 80 else 'text'
        if i == 90:
            read.__closure__[0].cell_contents = [i]
        out.append(read())
        if i == 90:
            out.append(x)
    del x
    try:
        read()
    except NameError as error:
        out.append(str(error))
    return out[-13:]


def levels(rounds):
    total = 0
    for i in range(rounds):
        def one(a):
            def two(b):
                def three():
                    nonlocal total
                    total += a + b + i
                return three
            return two
        one(i)(1)()
    return total


print(late(100), bound(100), counting(100))
print(keeps(101))
print(cell_swapped(100))
print(levels(90))
