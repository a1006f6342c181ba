# category: standard library
# description: ctypes reads the memory of objects (counts, types, sizes, items), and nothing else.
# cause: There is no C memory to write to, and no library to call.
# workaround: The CPython kernel.
# cpython: 1000
# heapbook: NotImplementedError: Heapbook's ctypes only reads memory; the CPython kernel can write
import ctypes

x = []
count = ctypes.c_ssize_t.from_address(id(x))
count.value += 1000 - count.value
print(count.value)
