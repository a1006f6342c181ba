# category: builtins
# description: memoryview raises; aiter and anext do too.
# cause: Not written yet: the buffer protocol has no model here.
# workaround: Slices of bytes or bytearray, which copy.
# cpython: 98
# heapbook: NotImplementedError: memoryview is not supported yet
print(memoryview(b'abc')[1])
