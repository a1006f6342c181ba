import gc
class C:
    pass
a, b, c = C(), C(), C()
a.next, b.next, c.next = b, c, a
del b, c
print(gc.collect(), a.next.next.next is a)
del a
print(gc.collect())
