# category: memory
# description: The size of a `__dict__` that outlives its instance, of a copy of an instance's `__dict__`, and of the `__dict__` of a class that extends `list`, `dict` or the like: ours is an ordinary dict.
# cause: CPython's dict goes on sharing its keys with the class; ours shares them only for as long as the instance lives.
# workaround: Ask for the size while the instance lives.
# cpython: 296
# heapbook: 184
import sys


class Node:
    def __init__(self, label):
        self.label = label


node = Node('a')
attributes = node.__dict__
del node
print(sys.getsizeof(attributes))
