a = [1]
b = a
a = a + [2]
print(a, b, a is b)
