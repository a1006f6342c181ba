first, *middle, last = range(6)
print(first, middle, last)
*init, tail = 'x'
print(init, tail)
head, *rest = [1]
print(head, rest)
for n, *others in [(1, 2, 3), (4,)]:
    print(n, others)
