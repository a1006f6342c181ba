# Reference cycles made and left to the collector; some survive it.
import gc


class Node:
    def __init__(self, number):
        self.number = number
        self.next = self
        self.back = None


def ring(n):
    first = Node(0)
    last = first
    for i in range(1, n):
        node = Node(i)
        last.next = node
        node.back = last
        last = node
    last.next = first
    first.back = last
    return first


def run(rounds):
    kept = [ring(5) for _ in range(500)]
    found = 0
    for i in range(rounds):
        for n in (1, 2, 8, 40):
            ring(n)
        loop = []
        loop.append({'loop': loop})
        if i % 100 == 0:
            del loop
            found += gc.collect()
    del loop
    found += gc.collect()
    return found, sum(node.number for node in kept), len(kept)


gc.collect()
gc.disable()
print(run(1500))
gc.enable()
