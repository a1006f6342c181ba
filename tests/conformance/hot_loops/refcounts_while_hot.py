# sys.getrefcount read inside loops that have become hot is what it was when they were cold.
import sys


def local(rounds):
    thing = []
    seen = set()
    for _ in range(rounds):
        seen.add(sys.getrefcount(thing))
    return seen


def alias(rounds):
    thing = []
    seen = []
    for i in range(rounds):
        before = sys.getrefcount(thing)
        same = thing
        pair = (same, same)
        seen.append((before, sys.getrefcount(thing), sys.getrefcount(pair)))
    return sorted(set(seen)), seen[0], seen[-1]


def parameter(thing, rounds):
    return {sys.getrefcount(thing) for _ in range(rounds)}


def element(rounds):
    row = [object() for _ in range(3)]
    seen = {}
    for _ in range(rounds):
        for item in row:
            n = sys.getrefcount(item)
            seen[n] = seen.get(n, 0) + 1
    return seen


class Point:
    def __init__(self, x):
        self.x = x

    def count(self):
        return sys.getrefcount(self)

    def twice(self):
        return self.count() + sys.getrefcount(self.x)


def methods(rounds):
    p = Point(object())
    out = set()
    for _ in range(rounds):
        bound = p.count
        out.add((p.count(), bound(), p.twice(), sys.getrefcount(p), sys.getrefcount(p.x)))
    return out


def closure(rounds):
    value = []
    def read():
        return sys.getrefcount(value)
    return {(read(), sys.getrefcount(value), sys.getrefcount(read)) for _ in range(rounds)}


def pending(rounds):
    a = []
    return {(sys.getrefcount(a), [a, sys.getrefcount(a)][1], (lambda *args: sys.getrefcount(args[0]))(a)) for _ in range(rounds)}


print(local(200))
print(alias(200))
print(parameter([], 200), parameter(object(), 3))
kept = []
print(parameter(kept, 200))
print(element(100))
print(methods(150))
print(closure(150))
print(pending(150))


def generator(rounds):
    own = []
    for _ in range(rounds):
        yield sys.getrefcount(own)


print(set(generator(200)))
thing = object()
seen = set()
for _ in range(150):
    seen.add(sys.getrefcount(thing))
print(seen)
