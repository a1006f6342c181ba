# category: built-in types
# description: Conversions between very long ints and text do not call the module _pylong.
# cause: JavaScript's own conversion is fast enough, so that CPython's helper written in Python is not needed.
# workaround: None is needed.
# cpython: asked
# heapbook: not asked
import sys

import _pylong

asked = 'not asked'
original = _pylong.int_to_decimal_string


def watched(n):
    global asked
    asked = 'asked'
    return original(n)


_pylong.int_to_decimal_string = watched
sys.set_int_max_str_digits(0)
str(10**20000)
_pylong.int_to_decimal_string = original
print(asked)
