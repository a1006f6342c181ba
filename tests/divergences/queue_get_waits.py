# category: standard library
# description: get() of an empty SimpleQueue raises RuntimeError instead of waiting for ever.
# cause: There is one thread, so nobody could put an item while get() waits.
# workaround: get_nowait(), or a timeout: both raise Empty.
# cpython: (waits for ever)
# heapbook: RuntimeError: the queue is empty, and there is no other thread that could put something
import _queue

_queue.SimpleQueue().get()
