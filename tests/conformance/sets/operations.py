a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a < {1, 2, 3, 4}, a <= a, a > {1}, a == {3, 2, 1}, a.isdisjoint({9}))
print(a.union([7]), a.intersection((1, 9)), a.difference([1]), a.symmetric_difference([1, 5]), a.issubset(range(9)), a.issuperset([1]))
a |= {10}
a &= {1, 2, 10}
a -= {2}
a ^= {1, 5}
print(sorted(a), len(a), 5 in a)
