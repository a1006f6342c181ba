# category: built-in types
# description: Most functions and types that CPython writes in C have no __doc__ here.
# cause: The texts are CPython's own, and would be a good part of what a page has to fetch.
# workaround: The documentation of Python; inspect.signature() works.
# cpython: True
# heapbook: False
print(isinstance(len.__doc__, str))
