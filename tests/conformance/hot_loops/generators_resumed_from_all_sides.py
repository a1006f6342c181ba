# Generators resumed by for, next, send, yield from and natives in hot loops, closed and dropped half-way.
import sys


class Held:
    def __del__(self):
        deaths.append(1)


deaths = []


def count(n):
    held = Held()
    i = 0
    try:
        while i < n:
            got = yield i
            i += 1 if got is None else got
    finally:
        deaths.append(2)
    return held


def chain(n):
    result = yield from count(n)
    yield sys.getrefcount(result)


def run(rounds):
    total = 0
    for r in range(rounds):
        for x in count(5):
            total += x
        total += sum(count(6)) + max(chain(3)) + len(list(chain(2)))
        g = count(100)
        next(g)
        total += g.send(10) + g.send(20)
        if r % 2:
            g.close()
        del g
        half = iter(chain(4))
        next(half)
        for x in half:
            if x == 2:
                break
        del half
    return total


print(run(150), len(deaths), sum(deaths))
