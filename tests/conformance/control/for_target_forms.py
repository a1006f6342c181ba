class C:
    pass
c = C()
box = [0, 0]
for c.x in range(2):
    print(c.x)
for box[1] in 'ab':
    print(box)
for a, (b, *rest) in [(1, (2, 3, 4))]:
    print(a, b, rest)
