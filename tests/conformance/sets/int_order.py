print({5, 3, 1}, {8, 0, 16, 1}, set(range(10, 0, -1)), {100, 7, 33, 64, 2})
s = set()
for i in 9, 1, 17, 25, 8:
    s.add(i)
print(s, list(s))
