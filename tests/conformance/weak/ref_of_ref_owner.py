import gc, weakref
class C:
    pass
def callback(ref):
    print('gone')
c = C()
r = weakref.ref(c)
print(gc.get_referents(r), r.__callback__)
s = weakref.ref(c, callback)
print(s.__callback__ is callback, gc.get_referents(s) == [callback])
del c
print(s.__callback__)
