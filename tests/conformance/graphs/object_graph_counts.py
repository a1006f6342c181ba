# The count of one object as more and more kinds of things hold it.
import sys
import types


class Holder:
    __slots__ = ('held',)


thing = object()


def show(label, *kept):
    print(f'{label:20}', sys.getrefcount(thing))


show('name')
x = [thing]
show('list', x)
x = (thing, thing)
show('tuple twice', x)
x = {thing: thing}
show('key and value', x)
x = {thing}
show('set', x)
x = frozenset({thing})
show('frozenset', x)
x = Holder()
x.held = thing
show('slot', x)
x = types.SimpleNamespace(a=thing)
show('namespace', x)
x = lambda value=thing: value
show('default', x)
x = (lambda: (lambda inner: (lambda: inner))(thing))()
show('cell', x)
x = slice(thing, thing, thing)
show('slice', x)
x = iter([thing])
show('iterator', x)
x = map(str, [thing])
show('map', x)
x = Exception(thing, thing)
show('exception', x)
x = type('T', (), {'held': thing})
show('class', x)
del x
show('class dropped')
import gc
gc.collect()
show('collected')
x = (t for t in [thing])
show('generator', x)
next(x)
show('started')
x.close()
show('closed')
x = types.MappingProxyType({'a': thing})
show('proxy', x)
x = property(thing)
show('property', x)
x = types.MethodType(print, thing)
show('method', x)
x = [[thing]] * 3
show('one inner list', x)
x = [[thing] for _ in range(3)]
show('three inner lists', x)
x = None
show('name again')
