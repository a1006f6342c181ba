# match statements in a hot loop, over values of every shape.
class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Sized(tuple):
    pass


def kind(value):
    match value:
        case 0 | 1:
            return 'bit'
        case int(n) if n < 0:
            return 'negative'
        case bool() | int():
            return 'int'
        case float(x):
            return f'float {x:.1f}'
        case '' | 'a':
            return 'short text'
        case str() as text:
            return 'text ' + text[:2]
        case []:
            return 'empty'
        case [one]:
            return f'one {one}'
        case [first, *_, last] if first == last:
            return 'ring'
        case [Point(x=0), *rest]:
            return f'points {len(rest)}'
        case [_, *rest]:
            return f'many {len(rest)}'
        case {'kind': k, **others}:
            return f'kind {k} {others}'
        case {}:
            return 'mapping'
        case Point(0, y):
            return f'on axis {y}'
        case Point(x, Point() as inner):
            return f'nested {kind(inner)}'
        case Point():
            return 'point'
        case None:
            return 'none'
        case _:
            return type(value).__name__


def run(values, rounds):
    counts = {}
    for i in range(rounds):
        result = kind(values[i % len(values)])
        counts[result] = counts.get(result, 0) + 1
    return counts


print(run([0, 5, 7, -3], 150))
values = [
    0, True, -1, 9, 2.5, '', 'abc', [], [1], [1, 2, 1], (1, 2), [Point(0, 1), 2], {'kind': 3}, {'kind': 1, 'z': 2},
    {}, Point(0, 5), Point(1, Point(0, 2)), Point(1, 2), None, {1}, b'ab', range(3), Sized((4,)), object,
]
for item in run(values, 240).items():
    print(item)


class Bad:
    __match_args__ = ('gone', 'x')

    @property
    def x(self):
        return 1 // 0


def try_bad(values):
    out = []
    for v in values:
        try:
            match v:
                case Bad(gone, x):
                    out.append('both')
                case Bad(x=1):
                    out.append('one')
                case _:
                    out.append('no')
        except Exception as error:
            out.append(str(error))
    return out[-3:]


print(try_bad([1] * 80 + [Bad(), 2]))
