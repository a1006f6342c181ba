# match: names bound by patterns that fail later, captures and their counts, guards with effects.
import sys


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


thing = []
match (thing, 5):
    case (a, 6):
        print('no')
    case (b, 5) if print('guard', sys.getrefcount(thing)):
        print('no')
    case (c, n):
        print(c is thing, sys.getrefcount(thing), 'a' in globals(), 'b' in globals())
match Point(thing, 1):
    case Point(x, y=2) | Point(x, y=1):
        print(x is thing, sys.getrefcount(thing))
match {'k': thing, 'other': 1, 'third': 3}:
    case {'k': k, **rest}:
        print(rest, sys.getrefcount(thing))
match [1, thing, thing, 4]:
    case [first, *middle, last]:
        print(len(middle), sys.getrefcount(thing), first, last)
del b, c, x, k, middle
match 'text':
    case [*_]:
        print('a str is no sequence')
    case str(s) as whole if s is whole:
        print('whole', whole)
for value in (1, True, 1.0, '1', b'1', None, [1], (1,), {1}, {1: 2}, range(1)):
    match value:
        case True:
            r = 'True'
        case 1:
            r = 'one'
        case None:
            r = 'None'
        case bytes() | str():
            r = 'text'
        case [1]:
            r = 'sequence of one'
        case {1: _}:
            r = 'mapping'
        case _:
            r = 'other'
    print(type(value).__name__, r)
