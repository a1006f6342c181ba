# Which addresses the results of float arithmetic get: a warm addition uses an operand's place.
def labels(rows):
    seen = {}
    return [tuple(seen.setdefault(v, len(seen)) for v in row) for row in rows]


def sums():
    out = []
    x = 1.5
    for i in range(8):
        x = x * 1.25 + 2.5
        y = x - 1.0
        z = (x + y) * (y - x)
        out.append((id(x), id(y), id(z)))
    print(labels(out))


def quotients():
    out = []
    a = 1.5
    b = 3.5
    for i in range(6):
        x = (a / b) * (b / a)
        y = a / 2.0
        out.append((id(x), id(y)))
        x = y = None
    print(labels(out))


def comparisons():
    out = []
    a = 1.5
    b = 2.5
    for i in range(6):
        t = (a * 3.0) < (b * 2.0)
        x = a * 5.0
        y = a * 7.0
        z = a * 9.0
        out.append((id(x), id(y), id(z)))
    print(labels(out))


def called(a, b):
    return (a * 2.0 + b) - (b * a - 1.0)


def calls():
    out = []
    for i in range(6):
        x = called(float(i), 2.5) + called(2.5, float(i))
        y = called(1.0, x)
        out.append((id(x), id(y)))
    print(labels(out))


for i in range(2):
    sums()
    quotients()
    comparisons()
    calls()
