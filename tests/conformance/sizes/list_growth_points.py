# Where a list's room grows: at which lengths its size changes, by append, extend, insert, and shrinking.
import sys


def points(step, rounds):
    items, last, out = [], sys.getsizeof([]), []
    for i in range(rounds):
        step(items, i)
        size = sys.getsizeof(items)
        if size != last:
            out.append(len(items))
            last = size
    return out


print(points(lambda l, i: l.append(i), 100))
print(points(lambda l, i: l.extend([i]), 40))
print(points(lambda l, i: l.extend([i, i, i]), 20))
print(points(lambda l, i: l.insert(0, i), 40))
print(points(lambda l, i: l.__iadd__((i,)), 40))
items = list(range(64))
last, out = sys.getsizeof(items), []
while items:
    items.pop()
    if sys.getsizeof(items) != last:
        last = sys.getsizeof(items)
        out.append(len(items))
print(out)
a, b, c = [1, 2, 3], list((1, 2, 3)), [x for x in (1, 2, 3)]
print(sys.getsizeof(a) <= sys.getsizeof(c), sys.getsizeof([0] * 10) == sys.getsizeof(list(range(10))))
a.append(4)
print(sys.getsizeof(a) > sys.getsizeof([1, 2, 3, 4]), sys.getsizeof(a[:]) < sys.getsizeof(a))
a.clear()
print(sys.getsizeof(a) == sys.getsizeof([]))
