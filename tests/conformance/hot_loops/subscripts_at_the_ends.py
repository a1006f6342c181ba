# Indexes in a hot loop: negative, out of range, bool, big, float; of lists, tuples, texts, bytes, ranges, dicts.
def walk(items, places):
    out = []
    for place in places:
        try:
            value = items[place]
        except (IndexError, KeyError, TypeError) as error:
            value = f'{type(error).__name__}: {error}'
        if len(out) < 3 or place not in quiet:
            out.append(value)
    return out[3:]


quiet = set(range(20))
odd_places = [-1, -20, -21, 20, True, 2**20, -(2**70), 1.0, None, 'a', slice(1, 3), slice(None, None, -7)]
places = list(range(20)) * 5 + odd_places
quiet -= {True}
for items in (list(range(20)), tuple(range(20)), 'abcdefghijklmnopqrst', bytes(range(20)), range(20), bytearray(20)):
    print(type(items).__name__)
    for value in walk(items, places)[-12:]:
        print('   ', value)
print(walk({i: -i for i in range(20)}, list(range(20)) * 4 + [20, 2.0, True, 'a', -1])[-5:])
try:
    walk({1: 2}, [1] * 70 + [[]])
except TypeError as error:
    print(error)


def store(rounds):
    row = [0] * 10
    errors = []
    for i in range(rounds):
        place = i % 10 if i < 100 else i - 103
        try:
            row[place] = i
            row[place] += 1
            row[-1 - place] -= 1
        except IndexError as error:
            errors.append((i, str(error)))
    return row, errors[:2], len(errors)


print(store(120))


def matrix(n):
    m = [[i * j for j in range(n)] for i in range(n)]
    trace = 0
    for i in range(n):
        for j in range(n):
            m[i][j] += m[j][i]
            if i == j:
                trace += m[i][j]
    m[1] = 'text'
    try:
        for i in range(n):
            m[i][0] = 1
    except TypeError as error:
        return trace, str(error), m[0][0], m[2][0]


print(matrix(12))
