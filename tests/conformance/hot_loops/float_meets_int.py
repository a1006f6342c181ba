# The same addition sees ints, then floats, bools, complex numbers, and what overflows.
def total(values):
    s = 0
    for v in values:
        s = s + v
    return s


ints = list(range(150))
print(total(ints))
print(total([float(i) for i in ints]))
print(total([i if i % 2 else i / 2 for i in ints]))
print(total([True, False] * 75))
print(total([1j * i for i in range(100)]))
print(total(ints + [0.5] + ints))
print(total([10**20] * 100 + [1.0]))
try:
    total(ints + ['late'])
except TypeError as error:
    print(error)


def powers(rounds):
    x = 1
    log = []
    for i in range(rounds):
        x = x * 3
        if i % 20 == 0:
            log.append(x / 2)
    try:
        while True:
            x = x * x
            x / 3
    except OverflowError as error:
        log.append(str(error))
    return log


print(powers(120))


def decay(x, rounds):
    steps = 0
    while x:
        x *= 0.5
        steps += 1
        if steps > rounds:
            break
    return x, steps


print(decay(1.0, 2000))
print(decay(1e308, 100))


def signs(rounds):
    out = []
    zero = 0.0
    for i in range(rounds):
        zero = -zero
        q = i / (i - 90.5)
        n = i * 1e307
        if i % 30 == 0:
            out.append((zero, round(q, 6), n, n - n, int(q), i // 7.0, -i % 7.0, divmod(i, 2.5)))
    return out


for row in signs(121):
    print(row)
