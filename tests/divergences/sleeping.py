# category: outside world
# description: time.sleep() returns at once.
# cause: There is one thread, and a cell that waits would hold up the page's kernel for nothing.
# workaround: None.
# cpython: True
# heapbook: False
import time

start = time.monotonic()
time.sleep(0.5)
print(time.monotonic() - start >= 0.5)
