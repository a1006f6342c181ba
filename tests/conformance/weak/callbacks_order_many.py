# Refs, proxies, finalizers and __del__ of one object: the order in which they hear of its end.
import weakref


class C:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('__del__', self.name, weakref.getweakrefcount(self))


def note(label):
    return lambda *args: print(label, args[0]() if args and isinstance(args[0], weakref.ref) else '')


c = C('c')
a = weakref.ref(c, note('ref a'))
p = weakref.proxy(c, lambda p: print('proxy', type(p).__name__))
f = weakref.finalize(c, print, 'finalize')
b = weakref.ref(c, note('ref b'))
plain = weakref.ref(c)
print(weakref.getweakrefcount(c), plain is weakref.ref(c), weakref.ref(c, None) is plain)
print([type(r).__name__ for r in weakref.getweakrefs(c)])
del c
print(a(), plain(), f.alive)
try:
    p.name
except ReferenceError as error:
    print(error)
c = C('second')
a = weakref.ref(c, note('not called'))
f1 = weakref.finalize(c, print, 'f1')
f2 = weakref.finalize(c, print, 'f2', 'with', sep='-')
print(f1.peek()[1:], f2.detach() is not None, f2.alive)
del a
print(f1())
print(f1.alive, f1())
del c
atexit = C('at exit')
weakref.finalize(atexit, print, 'finalizer at exit')
late = weakref.finalize(atexit, print, 'not at exit')
late.atexit = False
print('end')
