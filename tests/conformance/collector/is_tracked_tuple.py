import gc
n = 1000
a = (n, 'x')
b = (n, [])
c = (a, a)
print(gc.is_tracked(a), gc.is_tracked(b), gc.is_tracked(c), gc.is_tracked((1, 2)))
gc.collect()
print(gc.is_tracked(a), gc.is_tracked(b), gc.is_tracked(c))
gc.collect()
print(gc.is_tracked(c))
