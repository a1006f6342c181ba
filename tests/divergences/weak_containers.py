# category: standard library
# description: weakref has ref, proxy and what belongs to them, but no WeakValueDictionary, WeakSet or finalize.
# cause: They are Python classes in Lib/weakref.py, which needs modules that are not here yet.
# workaround: A dict of weakref.ref objects with a callback that removes the entry.
# cpython: 1
# heapbook: AttributeError: module 'weakref' has no attribute 'WeakValueDictionary'
import weakref


class Node:
    pass


node = Node()
table = weakref.WeakValueDictionary()
table['a'] = node
print(len(table))
