# Generators that yield, delegate and are sent to; generator expressions in chains.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def leaves(depth):
    if depth == 0:
        yield 1
    else:
        yield from leaves(depth - 1)
        yield depth
        yield from leaves(depth - 1)


def average():
    total = 0
    n = 0
    value = yield 0
    while value is not None:
        total += value
        n += 1
        value = yield total // n
    return total


def run(rounds):
    result = 0
    for _ in range(rounds):
        evens = (x for x in count(2000) if x % 2 == 0)
        result += sum(x * 2 for x in evens)
        result += sum(leaves(8))
        mean = average()
        next(mean)
        for x in range(500):
            result += mean.send(x)
        try:
            mean.send(None)
        except StopIteration as stop:
            result += stop.value
        result &= 0xFFFFFFF
    return result


print(run(240))
