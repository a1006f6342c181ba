r = range(2, 20, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:3], 5 in r, 6 in r, r.index(8), r.count(8), r.start, r.stop, r.step)
print(range(3) == range(0, 3, 1), range(0) == range(5, 2), list(range(5, 0, -2)), r[::-1], bool(range(0)), hash(range(3)) == hash(range(0, 3)))
print(list(reversed(range(4))), range(10 ** 20)[10 ** 19], sum(range(101)), max(range(5)), len(range(0, 10, 3)))
for bad in lambda: r[10], lambda: range(1.5), lambda: range(), lambda: range('a'):
    try:
        bad()
    except (IndexError, TypeError) as e:
        print(e)
