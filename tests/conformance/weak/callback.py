import weakref
class C:
    pass
def gone(ref):
    print('gone', ref is r, ref())
c = C()
r = weakref.ref(c, gone)
print('deleting')
del c
print('end')
