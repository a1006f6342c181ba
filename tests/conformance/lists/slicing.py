l = list(range(6))
print(l[1:3], l[::-1], l[-2:], l[::2], l[5:1:-2], l[:])
l[1:3] = ['a', 'b', 'c']
print(l)
l[::2] = [0, 0, 0, 0]
print(l)
l[1:1] = 'xy'
print(l)
l[2:] = []
print(l)
del l[:]
print(l)
l[5:] = (1, 2)
print(l)
for bad in lambda: l.__setitem__(slice(None, None, 2), [1, 2, 3]), lambda: l.__setitem__(slice(0, 1), 5), lambda: l.__setitem__(9, 1):
    try:
        bad()
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__, e)
