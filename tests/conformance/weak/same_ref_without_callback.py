import weakref
class C:
    pass
def callback(ref):
    print('gone')
c = C()
a, b = weakref.ref(c), weakref.ref(c)
print(a is b, weakref.getweakrefcount(c))
d = weakref.ref(c, callback)
e = weakref.ref(c, callback)
print(a is d, d is e, weakref.getweakrefcount(c))
del d
print(weakref.getweakrefcount(c))
print(weakref.getweakrefs(c) == [a, e])
del c
print('end')
