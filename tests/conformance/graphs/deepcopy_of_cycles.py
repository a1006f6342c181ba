# copy and deepcopy: what is shared, what is new, and cycles that come out as cycles.
import copy
import sys


class Node:
    def __init__(self, name):
        self.name = name
        self.links = []
        self.owner = None


a, b = Node('a'), Node('b')
a.links.append(b)
b.links.append(a)
a.owner = b.owner = shared = ['shared']
shallow = copy.copy(a)
print(shallow is a, shallow.links is a.links, shallow.owner is shared)
deep = copy.deepcopy(a)
d = deep.links[0]
print(deep is a, deep.name, d.name, d.links[0] is deep, d is b)
print(deep.owner is d.owner, deep.owner is shared, sys.getrefcount(shared))
memo = {}
ring = []
ring.append(ring)
ring.append((ring, 'x'))
other = copy.deepcopy(ring, memo)
print(other[0] is other, other[1][0] is other, other is ring, memo[id(ring)] is other)
t = (1, (2, 'x'), frozenset({3}))
print(copy.deepcopy(t) is t, copy.copy(t) is t)
t = (1, [2])
print(copy.deepcopy(t) is t, copy.copy(t) is t, copy.copy([t])[0] is t)


class Counted:
    copies = []

    def __init__(self, n):
        self.n = n

    def __copy__(self):
        Counted.copies.append(('copy', self.n))
        return Counted(self.n)

    def __deepcopy__(self, memo):
        Counted.copies.append(('deep', self.n))
        new = memo[id(self)] = Counted(self.n + 100)
        return new


x = Counted(1)
print([c.n for c in copy.deepcopy([x, x])], copy.copy(x).n, Counted.copies)
l = copy.deepcopy([x, x])
print(l[0] is l[1])
print(copy.deepcopy(print) is print, copy.deepcopy(Node) is Node, copy.copy(None) is None)
try:
    copy.deepcopy(x for x in [])
except TypeError as error:
    print(error)
d = {'a': [1]}
d['self'] = d
e = copy.deepcopy(d)
print(e, e['self'] is e, e['a'] is d['a'])
