# A cache of live objects in a WeakValueDictionary: same key, same object, as long as somebody holds it.
import sys
import weakref


class Image:
    loaded = 0

    def __init__(self, name):
        Image.loaded += 1
        self.name = name


cache = weakref.WeakValueDictionary()


def load(name):
    image = cache.get(name)
    if image is None:
        cache[name] = image = Image(name)
    return image


a = load('a')
print(load('a') is a, Image.loaded, sys.getrefcount(a), len(cache))
load('b')
print(Image.loaded, len(cache), 'b' in cache, list(cache))
b = load('b')
refs = cache.valuerefs()
print(len(refs), [r() is not None for r in refs])
del a
print([r() is not None for r in refs], list(cache.items()) == [('b', b)])
c = cache.setdefault('c', Image('c'))
print(cache.pop('c') is c, cache.pop('c', 'none'), 'c' in cache)
try:
    cache.pop('c')
except KeyError as error:
    print('KeyError', error)
try:
    cache['x'] = 5
except TypeError as error:
    print(error)
cache.update({'c': c, 'b2': b})
print(sorted(cache.keys()), cache.copy() is not cache, len(cache.copy()))
it = iter(cache.items())
print(len(cache))
next(it)
del b
print(len(cache))
del it
print(len(cache), sorted(cache))
