l = [3, 1, 2]
def key(x):
    l.append(x)
    return x
try:
    l.sort(key=key)
except ValueError as e:
    print(e)
print(l)
m = [1, 2, 3]
it = iter(m)
next(it)
m.clear()
print(list(it), list(it))
