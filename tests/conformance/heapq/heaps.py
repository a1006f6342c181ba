# _heapq, _bisect and SimpleQueue.
import gc
import sys
import weakref
import _bisect
import _heapq
import _queue
import heapq


class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        order.append((self.n, other.n))
        return self.n < other.n

    def __repr__(self):
        return str(self.n)


order = []
items = [Item(n) for n in (5, 2, 8, 1, 9, 3)]
heapq.heapify(items)
print(items, order)
order.clear()
heapq.heappush(items, Item(0))
print(items, order)
order.clear()
print(heapq.heappop(items), heapq.heapreplace(items, Item(4)), heapq.heappushpop(items, Item(7)), items, order)
x = Item(6)
print(sys.getrefcount(x) - 1)
heapq.heappush(items, x)
print(sys.getrefcount(x) - 1)
big = [(i * 7919) % 10007 for i in range(3000)]
heapq.heapify(big)
print(big[:10], [heapq.heappop(big) for _ in range(5)])
print(heapq.nsmallest(3, [5, 1, 4, 2]), heapq.nlargest(2, 'hello'), list(heapq.merge([1, 4], [2, 3])))
print(sorted(n for n in dir(_heapq) if 'max' in n))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: heapq.heappop([]))
attempt(lambda: heapq.heapreplace([], 1))
attempt(lambda: heapq.heappushpop([], 1))
attempt(lambda: heapq.heappush(1, 2))
attempt(lambda: heapq.heapify((1,)))
attempt(lambda: heapq.heappush([1], 'a'))
attempt(lambda: heapq.heappush([]))


class Evil:
    def __lt__(self, o):
        evil.clear()
        return True


evil = [Evil() for _ in range(5)]
attempt(lambda: heapq.heapify(evil))

print(_bisect.bisect_left([1, 2, 2, 3], 2), _bisect.bisect_right([1, 2, 2, 3], 2), _bisect.bisect_right([1, 2, 3], 2, 0, 1))
l = [1, 3]
_bisect.insort_right(l, 2)
_bisect.insort_left(l, 9, key=lambda v: v)
print(l, _bisect.bisect_left(['a', 'bb', 'ccc'], 2, key=len))
attempt(lambda: _bisect.bisect_left([1], 2, -1))
attempt(lambda: _bisect.bisect_left(5, 2))
attempt(lambda: _bisect.bisect_left([1], 'a'))
attempt(lambda: _bisect.insort_left((1,), 2))
attempt(lambda: _bisect.bisect_left([1]))

q = _queue.SimpleQueue()
q.put(x)
print(sys.getrefcount(x) - 1, q.qsize(), q.empty(), gc.is_tracked(q))
print(q.get() is x, sys.getrefcount(x) - 1)
for i in range(40):
    q.put_nowait(i)
print([q.get_nowait() for i in range(39)], q.qsize())
q.put(q)
r = weakref.ref(q)
del q
gc.collect()
print(r())
q = _queue.SimpleQueue()
attempt(q.get_nowait)
attempt(lambda: q.get(False))
attempt(lambda: q.get(timeout=-1))
attempt(lambda: _queue.SimpleQueue(1))
try:
    q.get_nowait()
except _queue.Empty as e:
    print(type(e), type(e).__mro__[1].__name__)
