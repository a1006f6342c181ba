l = [0, 1, 2, 3, 4, 5]
del l[0], l[-1]
print(l)
del l[1:3]
print(l)
d = {'a': 1, 'b': 2}
del d['a']
print(d)
class C:
    x = 1
del C.x
print(hasattr(C, 'x'))
a = b = c = 1
del (a, [b, c])
print('a' in globals(), 'c' in globals())
