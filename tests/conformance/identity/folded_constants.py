a = 'ab' * 3
b = 'ababab'
print(a is b)
c = (1, 2) + (3,)
d = (1, 2, 3)
print(c is d)
e = 'abc'[1]
f = 'b'
print(e is f)
g = 2 ** 10
h = 1024
print(g is h)
i = -1000
j = -1000
print(i is j)
