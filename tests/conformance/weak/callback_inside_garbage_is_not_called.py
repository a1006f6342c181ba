import gc, weakref
class C:
    pass
gc.collect()
c = C()
c.me = c
c.ref = weakref.ref(c, lambda r: print('never'))
del c
print(gc.collect())
