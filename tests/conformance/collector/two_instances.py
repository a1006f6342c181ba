import gc
class C:
    pass
a, b = C(), C()
a.other, b.other = b, a
del a, b
print(gc.collect())
print(gc.collect())
