import weakref
class C:
    def __del__(self):
        global saved
        saved = self
c = C()
plain = weakref.ref(c)
called = weakref.ref(c, lambda r: print('callback'))
del c
print(plain() is saved, called() is saved)
del saved
print(plain(), called())
