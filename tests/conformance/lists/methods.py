l = [3, 1, 2]
l.append(4); l.insert(0, 9); l.insert(-1, 8); l.insert(100, 7)
print(l, l.pop(), l.pop(0), l.pop(-2), l)
l.extend('ab'); l.remove('a')
print(l, l.index(2), l.count(1), l.copy() == l, l.copy() is l)
l.reverse()
print(l)
l.clear()
print(l, not l)
