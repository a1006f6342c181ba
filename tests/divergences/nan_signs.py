# category: built-in types
# description: The sign of a not-a-number inside a complex number is lost.
# cause: JavaScript keeps no sign of a NaN; float('-nan') does, in the object's memory.
# workaround: Use two floats.
# cpython: -1.0
# heapbook: 1.0
import math

print(math.copysign(1.0, complex('-nan').real))
