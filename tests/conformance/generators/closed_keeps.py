# What a generator that was closed before its end still holds.
import gc
from sys import getrefcount


class K:
    pass


def plain(a):
    yield 1


def guarded(a):
    try:
        yield 1
    finally:
        pass


def value():
    yield
    return (1, 2)


k = K()
for function in plain, guarded:
    base = getrefcount(function)
    it = function(k)
    print('created', getrefcount(k), getrefcount(function) - base)
    it.close()
    print('closed', getrefcount(k), getrefcount(function) - base, it.gi_frame)
    print(list(it), getrefcount(k))
    it = function(k)
    next(it)
    print('suspended', getrefcount(k), getrefcount(function) - base)
    it.close()
    print('closed', getrefcount(k), getrefcount(function) - base, it.gi_frame)
    del it
    print('gone', getrefcount(k), getrefcount(function) - base)
it = value()
next(it)
try:
    next(it)
except StopIteration as e:
    print(e.value, e.args)
it = plain(k)
it.close()
try:
    it.send(1)
except StopIteration:
    print('over')
it = plain(k)
next(it)
it.close()
try:
    it.throw(ValueError('thrown'))
except ValueError as e:
    print(e, getrefcount(k))
