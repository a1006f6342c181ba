a, b = [1], [2]
ida, idb = id(a), id(b)
del a
del b
c = [3]
d = [4]
print(id(c) == idb, id(d) == ida)
