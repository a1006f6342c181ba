import weakref
def f():
    pass
class C:
    def m(self):
        pass
class L(list):
    pass
s, l, g = {1}, L(), (x for x in ())
for thing in f, C, s, l, g, frozenset({1}):
    print(type(weakref.ref(thing)).__name__, weakref.ref(thing)() is thing)
c = C()
print(weakref.ref(c.m)())
