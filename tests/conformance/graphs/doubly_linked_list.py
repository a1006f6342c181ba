# A ring of nodes taken apart by hand needs no collector; one that is just dropped does.
import gc
import sys

gc.disable()
gc.collect()


class Node:
    __slots__ = ('value', 'before', 'after')
    alive = 0

    def __init__(self, value):
        self.value = value
        self.before = self.after = self
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


class Ring:
    def __init__(self):
        self.root = Node(None)

    def append(self, value):
        node, root = Node(value), self.root
        node.before, node.after = root.before, root
        root.before.after = node
        root.before = node

    def remove(self, value):
        node = self.root.after
        while node is not self.root:
            if node.value == value:
                node.before.after, node.after.before = node.after, node.before
                return sys.getrefcount(node)
            node = node.after

    def clear(self):
        node = self.root.after
        while node is not self.root:
            after = node.after
            node.before = node.after = None
            node = after
        self.root.before = self.root.after = self.root

    def __iter__(self):
        node = self.root.after
        while node is not self.root:
            yield node.value
            node = node.after


ring = Ring()
for i in range(6):
    ring.append(i)
print(list(ring), Node.alive)
print(ring.remove(3), list(ring), Node.alive)
ring.clear()
print(list(ring), Node.alive)
for i in range(4):
    ring.append(i)
del ring
print(Node.alive)
print(gc.collect(), Node.alive)
