# The same for loop drives every kind of iterator, one after the other.
import itertools


class ByItem:
    def __getitem__(self, index):
        if index == 12:
            raise IndexError
        return index * 2


class ByNext:
    def __init__(self, count):
        self.left = count

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.left


class Fails(ByNext):
    def __next__(self):
        if self.left == 3:
            raise OSError('source broke')
        return super().__next__()


class NotOne:
    def __iter__(self):
        return 5


def drive(source):
    count = 0
    last = None
    for last in source:
        count += 1
    return count, last


def sources():
    yield lambda: range(100)
    yield lambda: [1] * 100
    yield lambda: (1, 2, 3) * 30
    yield lambda: 'text' * 20
    yield lambda: {i: 1 for i in range(50)}
    yield lambda: {i: 1 for i in range(50)}.items()
    yield lambda: set(range(50))
    yield lambda: (i for i in range(50))
    yield lambda: map(str, range(50))
    yield lambda: filter(None, range(50))
    yield lambda: zip(range(50), 'abc' * 9)
    yield lambda: enumerate('abc' * 9, 5)
    yield lambda: reversed([1, 2, 3])
    yield lambda: iter(lambda c=itertools.count(): next(c), 30)
    yield lambda: itertools.chain('ab', [1], range(9))
    yield lambda: bytes(20)
    yield lambda: memoryview(b'view')
    yield lambda: range(10**20, 10**20 + 5)
    yield lambda: range(5, 0, -2)
    yield lambda: range(0)
    yield ByItem
    yield lambda: ByNext(60)
    yield lambda: Fails(60)
    yield lambda: NotOne()
    yield lambda: 5
    yield lambda: None


for number, make in enumerate(sources()):
    try:
        print(number, drive(make()))
    except Exception as error:
        print(number, type(error).__name__, error)


def unpack(rows):
    total = 0
    for a, b in rows:
        total += a
    return total, b


rows = [(i, -i) for i in range(90)]
print(unpack(rows), unpack([list(r) for r in rows]), unpack(zip(range(90), range(90))))
print(unpack(rows + [(i, i) for i in range(3)] + [ByNext(2), {7: 1, 8: 2}]))
for bad in ((1,), (1, 2, 3), [], 5, 'ab', ByNext(3)):
    try:
        print(unpack(rows + [bad]))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
