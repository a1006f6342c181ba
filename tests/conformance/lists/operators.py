a = [1, 2]
print(a + [3], a * 2, 2 * a, a == [1, 2], a != [1], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], a is a, 2 in a, a * 0)
nested = [[]] * 3
nested[0].append(1)
print(nested, nested[0] is nested[2])
a += 'xy'
a *= 2
print(a, len(a), [*a[:2], *range(2)])
