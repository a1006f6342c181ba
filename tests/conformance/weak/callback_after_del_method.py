import weakref
class C:
    def __del__(self):
        print('del', r() is self)
c = C()
r = weakref.ref(c, lambda ref: print('callback', ref()))
del c
print('end')
