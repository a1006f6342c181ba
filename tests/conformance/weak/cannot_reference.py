import weakref
for thing in 1, 'a', [], {}, (), None, object():
    try:
        weakref.ref(thing)
    except TypeError as error:
        print(error)
class S:
    __slots__ = ()
try:
    weakref.ref(S())
except TypeError as error:
    print(error)
class W:
    __slots__ = '__weakref__',
w = W()
print(weakref.ref(w)() is w)
