print(1 < 2.5, 2 == 2.0, 10 ** 18 == 1e18, 10 ** 18 + 1 == 1e18, 1 != 'a', hash(1) == hash(1.0) == hash(True), hash(0), hash(-1), hash(-2))
print(min(3, 1, 2), max('b', 'a'), sorted([3, 1.5, 2, True]), 1 in [1.0], {1: 'a', 1.0: 'b', True: 'c'})
