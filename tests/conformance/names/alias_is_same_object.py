a = [1, 2]
b = a
b.append(3)
print(a, a is b, id(a) == id(b))
