# One function is called from a hot loop with ints, floats, texts, lists, wrong numbers of arguments and deep recursion.
def combine(a, b=1, *rest, scale=1, **options):
    return (a + b) * scale, len(rest), len(options)


def fold(a, b):
    return a + b


def run(rounds):
    out = []
    pool = [1, 2.5, 'ab', [1], (2,), True, 10**25, None, b'x', 1j]
    for i in range(rounds):
        x = pool[i % 10]
        y = pool[(i * 3) % 10]
        try:
            row = fold(x, y)
        except TypeError as error:
            row = str(error)
        if i >= rounds - 10:
            out.append(row)
    return out


for row in run(150):
    print(row)


def calling(rounds):
    out = []
    for i in range(rounds):
        if i < 100:
            r = combine(i, i)
        elif i < 110:
            r = combine(i, scale=2)
        elif i < 120:
            r = combine(*(i, 1, 2, 3), **{'x': 1, 'y': 2})
        else:
            try:
                r = combine() if i % 2 else combine(1, a=2)
            except TypeError as error:
                r = str(error)
        if i % 10 == 9 or i > 118:
            out.append(r)
    return out


for row in calling(124):
    print(row)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def deep(rounds):
    reached = []
    for i in range(rounds):
        reached.append(depth(i))
    try:
        depth(100000)
    except RecursionError as error:
        reached.append(str(error))
    reached.append(depth(50))
    return reached[-3:]


print(deep(80))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Odd(int):
    def __sub__(self, other):
        return Odd(int(self) - other)

    def __lt__(self, other):
        return int(self) <= other


print(fib(12), fib(12.0), fib(True), fib(Odd(10)))
try:
    fib('5')
except TypeError as error:
    print(error)
