# groupby's groups, chain, islice, cycle, product and batched: when items are taken and let go.
import itertools
import sys


class Item:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print('del', self.n)

    def __repr__(self):
        return f'I{self.n}'


groups = itertools.groupby([1, 1, 2, 2, 1], key=lambda n: n % 2)
kept = [(key, group) for key, group in groups]
print([(key, list(group)) for key, group in kept])
print([(key, list(group)) for key, group in itertools.groupby('aabbba')])
for key, group in itertools.groupby((Item(n) for n in (0, 0, 1)), key=lambda i: i.n):
    first = next(group)
    print(key, first)
    del first
print('groups end')
key = group = None
print(list(itertools.islice(itertools.count(5, 3), 2, 8, 2)))
source = iter(range(10))
print(list(itertools.islice(source, 3)), next(source), list(itertools.islice(source, 0)), next(source))
ring = itertools.cycle([Item('a'), Item('b')])
print([next(ring).n for _ in range(5)])
del ring
print(list(itertools.product('ab', repeat=2))[:3], list(itertools.permutations([1, 2, 3], 2))[-1])
pairs = itertools.product([1, 2], 'x')
first, second = next(pairs), next(pairs)
print(first is second, first, second)
for pair in itertools.combinations('abc', 2):
    print(pair, sys.getrefcount(pair))
print(list(itertools.batched('abcde', 2)), list(itertools.zip_longest('ab', 'c', fillvalue='-')))
print(list(itertools.accumulate([1, 2, 3, 4], lambda a, b: a * b, initial=10)))
print(list(itertools.takewhile(lambda n: n < 3, range(9))), list(itertools.dropwhile(lambda n: n < 7, range(9))))
print(list(itertools.compress('abcd', [1, 0, 1])), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print(list(itertools.filterfalse(None, [0, 1, '', 'a'])), list(itertools.repeat('x', 2)))
chained = itertools.chain.from_iterable([[Item('p')], (Item(c) for c in 'qr')])
print(next(chained), next(chained))
del chained
print(list(itertools.chain([1], 'a', {}, (2,))))
try:
    list(itertools.chain([1], 5))
except TypeError as error:
    print(error)
