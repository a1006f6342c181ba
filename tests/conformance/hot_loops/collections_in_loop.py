# gc.collect() in hot loops that make cycles, some with finalizers, some held by the loop's own locals.
import gc

gc.disable()


class Node:
    died = []

    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        Node.died.append(self.n)


def churn(rounds):
    found = []
    held = None
    for i in range(rounds):
        node = Node(i)
        if i % 25 == 0:
            held = node
        if i % 40 == 39:
            found.append(gc.collect())
            found.append(len(Node.died))
    return found, held.n


print(churn(160))
print(Node.died == sorted(Node.died), len(Node.died))
print(gc.collect() > 0, len(Node.died))


def lists(rounds):
    counts = []
    for i in range(rounds):
        a = []
        b = [a]
        a.append(b)
        if i % 50 == 0:
            counts.append(gc.collect())
    del a, b
    counts.append(gc.collect())
    return counts


print(lists(151))


def closures(rounds):
    for i in range(rounds):
        def recursive(n):
            return 1 if n < 2 else n * recursive(n - 1)
        if recursive(5) != 120:
            print('wrong at', i)
    del recursive
    return gc.collect()


print(closures(100))


def generators(rounds):
    def forever(box):
        while True:
            yield box
    for i in range(rounds):
        box = []
        g = forever(box)
        box.append(g)
        next(g)
    del box, g
    return gc.collect()


print(generators(100))


def errors(rounds):
    for i in range(rounds):
        try:
            raise ValueError(i)
        except ValueError as error:
            kept = error
    del kept
    return gc.collect()


print(errors(100))
