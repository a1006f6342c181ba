# Locals move around inside a hot loop: swaps, chains, aliases, walrus, augmented assignment on what is shared.
import sys


def swap(rounds):
    a, b, c = [1], [2], [3]
    first = a
    for i in range(rounds):
        a, b = b, a
        a, b, c = c, a, b
        if i % 3 == 0:
            b = c = b
            c = first
    return a is first, b, c, sys.getrefcount(first)


def aliases(rounds):
    log = []
    for i in range(rounds):
        x = y = [i]
        x += [1]
        if x is not y:
            print('parted')
        y = y + [2]
        if i % 40 == 0:
            log.append((x, y, sys.getrefcount(x), sys.getrefcount(y)))
        t = u = (i,)
        t += (1,)
        if t is u:
            print('same')
        n = m = i
        n += 1
        if m != i:
            print('int changed')
    return log


def walrus(rounds):
    found = 0
    for i in range(rounds):
        if (n := i * 2) % 3 == 0 and (m := [n]) and m[0] == n:
            found += n
    return found, n, m


def shared_argument(rounds):
    def touch(x, seen=[]):
        seen.append(x)
        return len(seen), sys.getrefcount(x)
    box = []
    out = None
    for i in range(rounds):
        out = touch(box)
    return out


def star(rounds):
    total = 0
    for i in range(rounds):
        head, *middle, tail = range(i % 5 + 2)
        total += head + len(middle) * 10 + tail * 100
        [*both], = [[*middle, tail]]
        total += len(both)
    return total


def temp_identity(rounds):
    same = 0
    for i in range(rounds):
        a = (i, i + 300)
        b = a
        c = (i, i + 300)
        same += (a is b) + 2 * (a is c) + 4 * (a == c) + 8 * (i + 0 is i) + 16 * (() is tuple())
    return same


print(swap(150))
print(aliases(121))
print(walrus(100), shared_argument(120), star(100))
print(temp_identity(200))
