# Callbacks run in the middle of a hot loop, at the statement that drops the last reference.
import weakref


class Node:
    def __init__(self, n):
        self.n = n


def watch(rounds):
    log = []
    refs = []
    for i in range(rounds):
        node = Node(i)
        refs.append(weakref.ref(node, lambda r, i=i: log.append(i)))
        before = len(log)
        node = None
        if len(log) != before + 1:
            print('late at', i)
    return len(log), log[:3], log[-1], sum(r() is None for r in refs)


print(watch(150))


def change_the_loop(rounds):
    total = 0
    items = [Node(i) for i in range(rounds)]
    table = {}

    def gone(ref):
        nonlocal total
        total += 1000
        table.pop(ref, None)
        if items and total % 7000 == 0:
            items.pop()

    for i in range(rounds):
        if i >= len(items):
            break
        table[weakref.ref(items[i], gone)] = i
        items[i] = i
        total += 1
    return total, len(items), len(table)


print(change_the_loop(150))


def raising(rounds):
    import sys

    seen = []
    sys.unraisablehook = lambda args: seen.append(type(args.exc_value).__name__)
    try:
        for i in range(rounds):
            node = Node(i)
            ref = weakref.ref(node, (lambda r: 1 // 0) if i % 30 == 0 else None)
            del node
            if ref() is not None:
                print('alive', i)
    finally:
        sys.unraisablehook = sys.__unraisablehook__
    return seen


print(raising(121))

values = weakref.WeakValueDictionary()
keep = []
for i in range(150):
    node = values[i % 20] = Node(i)
    if i % 10 == 0:
        keep.append(node)
del node
print(sorted(values), sorted(v.n for v in values.values()))
finalizers = [weakref.finalize(k, keep.append, k.n) for k in keep[:3]]
for i in range(100):
    if i == 80:
        del keep[:3]
print(keep[-3:], [f.alive for f in finalizers])
