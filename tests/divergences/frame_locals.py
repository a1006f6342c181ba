# category: frames
# description: f_locals of a function's frame is a copy.
# cause: Since 3.13 CPython gives a proxy that writes through to the frame (PEP 667); we have no such type yet.
# workaround: Assign in the function.
# cpython: 2
# heapbook: 1
import sys


def f():
    x = 1
    sys._getframe().f_locals['x'] = 2
    return x


print(f())
