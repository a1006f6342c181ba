# category: limits
# description: Lengths and positions beyond 2**53 are rounded where native code asks for them.
# cause: A size is a JavaScript number, which is exact up to 2**53.
# workaround: Ints themselves are exact: calculate the position without asking for a length.
# cpython: 9223372036854775804
# heapbook: IndexError: range object index out of range
import _bisect

n = 2**63 - 1
print(_bisect.bisect_left(range(n - 1), n - 3))
