a, (b, [c, d]), e = 1, (2, [3, 4]), 5
print(a, b, c, d, e)
[x, y] = 'ab'
print(x, y)
(z,) = {7}
print(z)
