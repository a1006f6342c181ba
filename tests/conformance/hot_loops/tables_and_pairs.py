# Loops that generated code has short ways for: dicts that fill, lose entries and fill again, pairs from items() and
# enumerate() that are unpacked or kept, membership, slices, wide ints; with the counts they leave.
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)

    def __eq__(self, other):
        return isinstance(other, int) and other == 7

    def __hash__(self):
        return 7


def fill_and_empty(rounds):
    log = []
    for r in range(rounds):
        d = {}
        for i in range(40):
            d[i * 7 % 41] = r
        for i in range(0, 40, 3):
            del d[i]
        for i in range(5):
            log.append(d.popitem()[0])
        for i in range(100, 130):
            d[i] = i
            d['t%d' % i] = i
        d.pop('t101')
        d['t101'] = d.pop(101)
        log.append((len(d), list(d)[::9]))
    return log[-7:]


def comprehensions(rounds):
    total = 0
    for r in range(rounds):
        a = {n: n * n for n in range(60)}
        b = {str(n): (n,) for n in range(20)}
        c = {n % 5: [n] for n in range(30)}
        total += len(a) + len(b) + len(c) + c[4][0] + sys.getrefcount(b['3'])
    return total


def pairs(rounds):
    d = {'a': [1], 'b': [2], 3: [4], None: [5]}
    kept = []
    total = 0
    for r in range(rounds):
        for key, value in d.items():
            total += value[0] + sys.getrefcount(value)
        for i, value in enumerate(d):
            total += i
        for i, value in enumerate(list(d.values()), 2**30 - 2):
            total += i + sys.getrefcount(value)
        for pair in d.items():
            kept.append(pair)
            key, value = pair
        it = iter(d.items())
        held = next(it)
        for key, value in it:
            total += len(held)
        for (i, (x, y)) in enumerate([(1, 2), [3, 4]]):
            total += i * x * y
    return total, len(kept), kept[-1], [sys.getrefcount(v) for v in d.values()]


def loud_pairs():
    d = {i: Loud(i) for i in range(4)}
    for key, value in d.items():
        d[key] = None
    print('between')
    for i, value in enumerate([Loud('x'), Loud('y')]):
        value = None
    print('behind')
    try:
        for i, (a, b) in enumerate([(1, 2), (3,)]):
            print(i, a, b)
    except ValueError as e:
        print(e)
    try:
        for a, b in [(1, 2), (3, 4, 5)]:
            print(a, b)
    except ValueError as e:
        print(e)
    try:
        for key, value in d.items():
            d[key + 10] = 1
    except RuntimeError as e:
        print(e)
    d[1] = 2
    for key, value in d.items():
        if key == 1:
            d[3] = 5
        print(key, value)


def members(rounds):
    ints = [1, 2, 2**40, 300]
    texts = ['a', 'bc', 'd' * 3]
    mixed = [1.0, 'x', None, True, Loud('mixed')]
    hits = 0
    for r in range(rounds):
        for x in (300, 3, 2**40, 'bc', 1, 7, None, 1.5, 'x'):
            hits = hits * 3 + (x in ints) + 2 * (x in texts) + (x not in mixed) + (x in (1, 2, 3))
            hits %= 1000003
        hits += ints.index(300) + mixed.index(7) + ints.count(2)
    return hits


def slices(rounds):
    items = [[i] for i in range(10)]
    text = 'abcdefghij'
    n = 0
    for r in range(rounds):
        n += len(items[2:5]) + len(items[:-3]) + len(items[20:]) + len(items[-4:-2]) + len(items[5:2])
        n += len(text[1:3]) + len(text[:1]) + len(text[::2]) + len(text[-30:4])
        copy = items[:]
        copy[::2] = [0] * 5
        copy[1:3] = 'xyz'
        del copy[::3]
        n += len(copy)
    return n, [sys.getrefcount(x) for x in items], sys.getrefcount(text[:])


def wide(rounds):
    state = 12345
    low = 0
    for r in range(rounds):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        big = state * state - 2**61
        low ^= (big + state * 65537) & 0xFFFF
        neg = -state * 4294967295
        low ^= (neg - big) % 65521
        if r % 50 == 0:
            print(state, big, neg)
    return low


def repeats():
    shared = []
    a = [shared] * 5
    print(sys.getrefcount(shared))
    b = [None] * 1000
    c = [shared, 1] * 3
    d = (shared,) * 4
    print(sys.getrefcount(shared), len(b), len(c), len(d))
    del a, c
    print(sys.getrefcount(shared))


print(fill_and_empty(30))
print(comprehensions(40))
print(pairs(30))
loud_pairs()
print(members(60))
print(slices(60))
print(wide(200))
repeats()
print(sum(sum(x for x in range(i)) for i in range(50)))
