# deque: blocks of 64, counts, deaths in order, sizes.
import gc
import sys
import weakref
from _collections import deque


class Loud:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print('dies:', self.name)


def count_of(x):
    return sys.getrefcount(x) - 2


x = Loud('x')
d = deque([x, 1, x])
print(d, count_of(x), gc.is_tracked(d))
d.pop()
print(count_of(x))
d.appendleft(x)
print(count_of(x), d[0] is x, d.count(x), d.index(x), d.index(x, 1))
d.remove(x)
print(count_of(x), d)
d[0] = 'a'
print(count_of(x), d)
d.extend([Loud('1'), Loud('2')])
d.clear()
print('cleared', len(d))
d.extend(Loud(str(i)) for i in range(3))
d.append(d)
print(d, count_of(d))
r = weakref.ref(d)
del d
gc.collect()
print(r())

print('-- maxlen')
d = deque(maxlen=2)
for name in 'abc':
    d.append(Loud(name))
d.appendleft(Loud('z'))
print(d, d.maxlen)
del d

print('-- many')
d = deque(range(300))
for n in (1, 70, -5, 299, 1000, -64):
    d.rotate(n)
    print(n, d[0], d[-1], d[150], len(d))
for _ in range(130):
    d.popleft()
    d.pop()
print(list(d))
d.insert(3, 'in')
d.reverse()
print(list(d))
del d[2]
print(d, d * 2, d + deque('x'), deque([1]) * 3)
d *= 0
print(d)
for n in (0, 1, 63, 64, 65, 200):
    d = deque(range(n))
    it = iter(d)
    next(it, None)
    print(n, it.__length_hint__(), sum(it), sum(reversed(d)))
print(deque('abc') == deque('abc'), deque('abc') < deque('abd'), deque('ab') < deque('abc'), deque('ab') == 'ab')


class Sub(deque):
    pass


s = Sub([1, 2], 5)
s.extra = 1
print(s, s.copy(), s.__reduce__()[:3], type(s + s).__name__)


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


d = deque([1, 2, 3])


def grow():
    for i in d:
        d.append(i)


attempt(grow)
attempt(lambda: deque().pop())
attempt(lambda: deque().popleft())
attempt(lambda: deque(1))
attempt(lambda: deque([], -1))
attempt(lambda: deque([], 'a'))
attempt(lambda: deque([], 1, 2))
attempt(lambda: deque([], maxlen=1, other=2))
attempt(lambda: d[10])
attempt(lambda: d['a'])
attempt(lambda: d.remove(99))
attempt(lambda: d.index(99))
attempt(lambda: d + [1])
attempt(lambda: d * 'a')
attempt(lambda: deque([1], 1).insert(0, 1))
attempt(lambda: hash(d))
attempt(lambda: d < 3)
attempt(lambda: d.append())
attempt(lambda: setattr(d, 'maxlen', 3))
attempt(lambda: d.rotate('x'))
attempt(lambda: deque[int])
