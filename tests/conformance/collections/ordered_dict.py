# OrderedDict in C: nodes hold their keys once more than the dict does.
import gc
import sys
import weakref
from _collections import OrderedDict


def count_of(x):
    return sys.getrefcount(x) - 2


class Key:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print('dies:', self.name)


k = Key('k')
v = Key('v')
od = OrderedDict()
od[k] = v
print(count_of(k), count_of(v), gc.is_tracked(od), od)
it = iter(od)
print(count_of(k), count_of(od))
print(next(it), count_of(k))
del it
items = iter(od.items())
pair = next(items)
print(pair, count_of(k), count_of(v), count_of(pair))
del items, pair
print(count_of(k), count_of(v))
od[k] = 1
print(count_of(k), count_of(v))
del od[k]
print(count_of(k), len(od))
od[k] = od
r = weakref.ref(od)
del od
gc.collect()
print(r(), count_of(k))
del k, v

print('-- order')
od = OrderedDict.fromkeys('abcde')
od.move_to_end('b')
print(list(od))
od.move_to_end('d', last=False)
print(list(od), list(reversed(od)), od)
print(od.popitem(), od.popitem(last=False), od.pop('c'), od.pop('none', 0))
od.setdefault('z', 1)
od.update(y=2, a=3)
od.update([('p', 1)], q=2)
od |= {'r': 5}
print(od, od.copy(), od | {'new': 1}, {'first': 1} | od)
print(od.keys(), od.values(), od.items(), 'a' in od, od['a'], od.get('none'))
print(list(reversed(od.items())), list(reversed(od.keys())), list(reversed(od.values())))
print(od == dict(od), od == OrderedDict(reversed(list(od.items()))), od != dict(od), od == od.copy())
print(sorted(od.keys() & {"a", "p"}), len(od.items()))
od.clear()
print(od, bool(od))
for i in range(100):
    od[i] = i
for i in range(0, 100, 3):
    del od[i]
for i in range(0, 100, 7):
    od[i] = -i
od.move_to_end(1)
print(list(od.items())[:5], list(od)[-5:], len(od), sum(od))
od.attribute = [1]
print(od.__dict__, vars(od))
od['me'] = od
print(repr(od)[-30:])


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def change():
    for x in od:
        od['new' + str(x)] = 1


def move():
    d = OrderedDict.fromkeys('ab')
    for x in d:
        d.move_to_end('a')


od = OrderedDict(a=1)
attempt(change)
attempt(move)
attempt(lambda: OrderedDict().popitem())
attempt(lambda: OrderedDict().pop('x'))
attempt(lambda: od.move_to_end('x'))
attempt(lambda: OrderedDict().move_to_end('x'))
attempt(lambda: od.pop())
attempt(lambda: OrderedDict(1))
attempt(lambda: OrderedDict([1]))
attempt(lambda: OrderedDict([(1,)]))
attempt(lambda: OrderedDict([(1, 2, 3)]))
attempt(lambda: OrderedDict(1, 2))
attempt(lambda: od.update(1, 2))
attempt(lambda: od.__delitem__('x'))
attempt(lambda: od['x'])
attempt(lambda: od.setdefault([]))
attempt(lambda: od[[]])
attempt(lambda: od < od)
attempt(lambda: hash(od))


class Sub(OrderedDict):
    def __missing__(self, key):
        return 'missing ' + key


s = Sub(b=1, a=2)
s.x = 1
print(s, s['c'], s.copy(), s.__reduce__()[:4], type(s.copy()).__name__)
it = iter(od)
print(it.__reduce__())
print([type(x).__name__ for x in (od.keys(), od.values(), od.items(), it)])
