import weakref
class C:
    pass
def bad(ref):
    raise ValueError('in callback')
c = C()
r = weakref.ref(c, bad)
del c
print('goes on')
