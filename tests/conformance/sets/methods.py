s = set()
s.add(1); s.add(1); s.add(2)
print(s, len(s))
s.discard(9); s.remove(1)
print(s, s.pop(), s)
try:
    s.remove(5)
except KeyError as e:
    print(repr(e))
s.update([1, 2], (3,))
print(s, s.copy() == s, set('a'), {*[1, 2], *range(3)}, set(), frozenset([1]), repr(frozenset()))
try:
    s.add([])
except TypeError as e:
    print(e)
print(hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1])} == {frozenset([1])})
