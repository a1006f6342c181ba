import gc
l = []
l.append(l)
l.extend([(l,), {}, {1: 2}, [], set(), 5, 'text', 1.5, (1, 2)])
del l
print(gc.collect())
