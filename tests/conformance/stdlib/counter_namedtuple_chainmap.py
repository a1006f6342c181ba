# Counter, namedtuple, ChainMap, UserDict, deque(maxlen): the containers that students meet.
import sys
from collections import ChainMap, Counter, UserDict, UserList, deque, namedtuple

c = Counter('abracadabra')
print(c.most_common(2), c['z'], c + Counter(a=1), c - Counter(a=5, b=1), c & Counter('aab'), sum(c.values()), +Counter(a=-1))
c.subtract('aaaaaa')
print(c, list(c.elements())[:3], c.total())
P = namedtuple('P', 'x y', defaults=[0])
thing = []
p = P(thing)
print(p, p.x is thing, sys.getrefcount(thing), p._replace(y=5), p._asdict(), P._fields, p == ([], 0), P._make([1, 2]))
try:
    p.x = 5
except AttributeError as error:
    print(error)
for bad in (lambda: P(), lambda: P(1, 2, 3), lambda: namedtuple('Q', 'a a'), lambda: namedtuple('Q', '_a')):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(error)
base = {'a': 1, 'b': 2}
m = ChainMap({}, base)
m['a'] = 10
print(m['a'], base['a'], dict(m), m.maps[0], m.new_child({'b': 3})['b'], m.parents['a'], len(m))
try:
    del m['b']
except KeyError as error:
    print(error)


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


l = Lower(A=1)
l.update({'B': 2})
print(l, l.data, 'a' in l, 'A' in l)
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.appendleft(0)
d.rotate(1)
print(d, d.maxlen, d[0], d.index(2), list(reversed(d)))
print(UserList([1, 2]) + [3], UserList([3, 1])[0:1])
