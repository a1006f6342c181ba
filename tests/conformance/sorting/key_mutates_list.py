# sort with keys and comparisons that touch the list, raise, or lie.
import functools
import sys

items = [3, 1, 2]
try:
    items.sort(key=lambda x: items.append(x) or x)
except ValueError as error:
    print(error, items)
items = [3, 1, 2]
seen = []
items.sort(key=lambda x: seen.append(len(items)) or -x)
print(items, seen)


class Raises:
    left = 4

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Raises.left -= 1
        if Raises.left == 0:
            raise ValueError('enough')
        return self.n < other.n


values = [Raises(n) for n in (5, 4, 3, 2, 1)]
try:
    values.sort()
except ValueError as error:
    print(error, sorted(v.n for v in values), {sys.getrefcount(v) for v in values})
keyed = ['b', 'a', 5]
try:
    keyed.sort(key=lambda x: x.upper())
except AttributeError as error:
    print(error, keyed)
try:
    keyed.sort()
except TypeError as error:
    print(error)
words = ['bb', 'a', 'ccc', 'dd', 'e']
print(sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (-len(w), w)))
print(sorted([0.5, 1, True, 0, -0.0, 10**20]), sorted({'b': 1, 'a': 2}), sorted('hello', reverse=True))
print(sorted([(1, 'b'), (1, 'a'), (0, 'z')]), sorted([[2], [1, 5], []]))
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: (a < b) - (a > b))))


class Key:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __del__(self):
        deaths.append(self.n)


deaths = []
numbers = [2, 3, 1]
numbers.sort(key=Key)
print(numbers, deaths)
print(min([3, 1, 2], key=lambda x: -x), max('abc', default=None), min([], default='none'))
