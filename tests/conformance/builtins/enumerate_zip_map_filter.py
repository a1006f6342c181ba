print(list(enumerate('ab')), list(enumerate('ab', 5)), list(zip([1, 2, 3], 'ab')), list(zip()), dict(zip('ab', [1, 2])))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])))
print(list(zip(*[(1, 'a'), (2, 'b')])))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as e:
    print(e)
