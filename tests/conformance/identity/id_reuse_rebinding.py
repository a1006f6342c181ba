seen = []
for _ in range(6):
    x = []
    seen.append(id(x))
names = {}
print([names.setdefault(i, len(names)) for i in seen])
