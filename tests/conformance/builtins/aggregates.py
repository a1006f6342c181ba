print(sum([1, 2, 3]), sum([], 5), sum([[1], [2]], []), sum([0.1] * 10), min(3, 1), max([4, 9, 2]), min('hello'), max([], default='none'))
print(min([3, -5, 2], key=abs), max('aa', 'b', key=len), any([0, '', 3]), any([]), all([1, 'a']), all([]), all([1, 0]))
