# category: outside world
# description: There is one thread, and no other process.
# cause: The engine is one loop over one heap, which is what makes each count and each moment exact.
# workaround: The CPython kernel, or asyncio, which needs no threads.
# cpython: worked
# heapbook: RuntimeError: can't start new thread: Heapbook's engine runs one; the CPython kernel has more
import threading

thread = threading.Thread(target=print, args=['worked'])
thread.start()
thread.join()
