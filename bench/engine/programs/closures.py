# Functions made in functions: cells read and written, defaults, functions as values.
def counter(step):
    value = 0

    def advance(by=1):
        nonlocal value
        value = value + step * by
        return value

    return advance


def compose(f, g):
    return lambda x: f(g(x))


def adder(n):
    return lambda x: (x + n) & 0xFFFF


def run(rounds):
    counters = [counter(step) for step in range(1, 6)]
    chain = adder(1)
    for n in range(2, 6):
        chain = compose(chain, adder(n))
    total = 0
    for i in range(rounds):
        for advance in counters:
            total += advance()
        total = chain(total & 0xFFFF)
        keep = counter(i)
        total += keep(2)
    return total, counters[4](0)


print(run(60000))
