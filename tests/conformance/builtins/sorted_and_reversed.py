print(sorted([3, 1, 2]), sorted('bca'), sorted([1, -3, 2], key=abs), sorted([1, 2, 3], reverse=True), sorted({'b': 1, 'a': 2}))
print(list(reversed([1, 2, 3])), list(reversed('abc')), list(reversed((1, 2))), list(reversed({'a': 1, 'b': 2})))
pairs = [('b', 1), ('a', 1), ('c', 0)]
print(sorted(pairs, key=lambda p: p[1]), sorted(pairs, key=lambda p: p[1], reverse=True))
try:
    reversed({1})
except TypeError as e:
    print(e)
