# Trees of tuples and of instances, built, walked and dropped.
class Tree:
    __slots__ = ('left', 'right')

    def __init__(self, left, right):
        self.left = left
        self.right = right


def grow(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(grow(depth - 1), grow(depth - 1))


def pairs(depth):
    if depth == 0:
        return (None, None)
    depth -= 1
    return (pairs(depth), pairs(depth))


def count(tree):
    if tree.left is None:
        return 1
    return 1 + count(tree.left) + count(tree.right)


def count_pairs(pair):
    left, right = pair
    if left is None:
        return 1
    return 1 + count_pairs(left) + count_pairs(right)


def run(depth, rounds):
    kept = grow(depth + 2)
    total = 0
    for i in range(rounds):
        total += count(grow(depth)) + count_pairs(pairs(depth))
    return total, count(kept)


print(run(9, 250))
