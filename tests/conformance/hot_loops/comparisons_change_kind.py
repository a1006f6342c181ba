# Comparisons and truth tests in a hot loop: ints, floats with nan, texts, lists, identity, objects that answer oddly.
class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        return self.answer

    def __lt__(self, other):
        return self.answer

    def __contains__(self, item):
        return self.answer

    __hash__ = None


class NoTruth:
    def __bool__(self):
        raise ValueError('no truth here')

    def __eq__(self, other):
        return self


class Length:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


def count(pairs):
    result = [0] * 6
    trouble = []
    for a, b in pairs:
        try:
            if a == b:
                result[0] += 1
            if a != b:
                result[1] += 1
            if a is b:
                result[2] += 1
            if a < b:
                result[3] += 1
            if not a:
                result[4] += 1
            while a and b:
                result[5] += 1
                break
        except Exception as error:
            trouble.append(f'{type(error).__name__}: {error}')
    return result, trouble


ints = [(i, i % 7) for i in range(100)]
nan = float('nan')
print(count(ints))
print(count([(float(a), b) for a, b in ints]))
print(count([(nan, nan), (nan, 1), (1, nan), (float('inf'), 10**400), (0.0, -0.0), (1, True)] * 20))
print(count([(2**53, 2.0**53), (2**53 + 1, 2.0**53), (10**30, 1e30), (-5, 5.5)] * 20))
print(count([('a', 'b'), ('aa', 'a'), ('', ''), ('é', 'e'), ('a' * 50, 'a' * 49 + 'b')] * 20))
print(count([([1, 2], [1, 3]), ([], []), ((1,), (1, 0)), ([nan], [nan])] * 20))
print(count(ints + [(1, 'a'), (None, 1), ('a', None), (1j, 1), ([], ())]))
print(count(ints + [(Odd(1), 2), (Odd(''), 2), (2, Odd([0])), (Odd(NoTruth()), 0)]))
print(count(ints + [(NoTruth(), 1), (Length(0), 1), (Length(-1), 1), (Length(2**70), 1)]))
print(count(ints + [(Length('x'), 1)]))


def chained(rounds):
    hits = 0
    for i in range(rounds):
        if 10 < i <= 90 != i and i not in (20, 30):
            hits += 1
        if i in range(0, 100, 7) or i in {1, 2} or i in [3, 4.0]:
            hits += 100
    return hits


print(chained(110))
