a, b, c = 'a', 'b', 'c'
a, b = b, a
print(a, b, c)
a, b, c = c, a, b
print(a, b, c)
