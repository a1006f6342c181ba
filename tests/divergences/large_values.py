# category: limits
# description: Texts and bytes longer than some hundred million characters raise MemoryError, and so do ints of that many bits.
# cause: They are JavaScript's strings, arrays and bigints, which end there; memory as a whole ends at 2 GB as CPython
#   counts it, or when the browser gives no more.
# workaround: Smaller values. The exception is CPython's own for too little memory, and the next cell runs.
# cpython: 536870912
# heapbook: MemoryError
print(len('a' * 2**29))
