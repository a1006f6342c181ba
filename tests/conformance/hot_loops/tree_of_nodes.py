# A binary search tree and a linked list, built, searched and pruned by hot loops; counts of what dies at each cut.
import sys


class Node:
    alive = 0
    __slots__ = ('key', 'left', 'right', '__weakref__')

    def __init__(self, key):
        self.key = key
        self.left = self.right = None
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


def insert(root, key):
    node = root
    while True:
        if key < node.key:
            if node.left is None:
                node.left = Node(key)
                return
            node = node.left
        elif key > node.key:
            if node.right is None:
                node.right = Node(key)
                return
            node = node.right
        else:
            return


def build(count):
    root = Node(500)
    key = 1
    for _ in range(count):
        key = key * 389 % 1009
        insert(root, key)
    return root


def depths(root):
    todo = [(root, 1)]
    deepest = total = 0
    while todo:
        node, depth = todo.pop()
        total += 1
        deepest = max(deepest, depth)
        for child in (node.left, node.right):
            if child is not None:
                todo.append((child, depth + 1))
    return total, deepest


def ordered(node):
    if node is not None:
        yield from ordered(node.left)
        yield node.key
        yield from ordered(node.right)


def prune(root, rounds):
    log = []
    node = root
    for i in range(rounds):
        if node is None:
            node = root
        side = 'left' if i % 3 else 'right'
        after = getattr(node, side)
        if i % 20 == 19 and after is not None:
            setattr(node, side, None)
            count = sys.getrefcount(after)
            after = None
            log.append((i, Node.alive, count))
        node = after
    return log


root = build(300)
print(Node.alive, depths(root))
keys = list(ordered(root))
print(len(keys), keys == sorted(set(keys)), sys.getrefcount(root))
print(prune(root, 200))
print(depths(root))
del root
print(Node.alive)


class Link:
    dropped = 0

    def __init__(self, value, after):
        self.value, self.after = value, after

    def __del__(self):
        Link.dropped += 1


head = None
for i in range(300):
    head = Link(i, head)
middle = head
for _ in range(150):
    middle = middle.after
print(middle.value)
head = None
print(Link.dropped, sys.getrefcount(middle))
previous = None
while middle:
    middle.after, previous, middle = previous, middle, middle.after
print(previous.value, Link.dropped)
del previous
print(Link.dropped)
