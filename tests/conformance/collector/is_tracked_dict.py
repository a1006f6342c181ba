import gc
d = {}
print(gc.is_tracked(d))
d['a'] = 1
print(gc.is_tracked(d))
d['b'] = (1, 2)
print(gc.is_tracked(d))
d['c'] = []
print(gc.is_tracked(d))
del d['c']
print(gc.is_tracked(d))
gc.collect()
print(gc.is_tracked(d), gc.is_tracked({'x': 1}), gc.is_tracked({'x': []}))
