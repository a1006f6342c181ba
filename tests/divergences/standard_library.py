# category: standard library
# description: Only builtins, sys, gc, weakref, math and time can be imported, and _weakref.
# cause: The library's Python files are not delivered yet, nor are the C modules they stand on.
# workaround: What the module does, written out.
# cpython: 2
# heapbook: ModuleNotFoundError: No module named 'collections': Heapbook does not have this part of the standard library yet
import collections

print(collections.Counter('aab')['a'])
