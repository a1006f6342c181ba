# An exception holds its traceback, that its frames, those their locals: until it, or the traceback, is let go.
import gc
import sys


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def inner():
    a = Thing('inner')
    raise ValueError('from inner')


def outer():
    b = Thing('outer')
    inner()


try:
    outer()
except ValueError as error:
    kept = error
print('kept', kept.__traceback__.tb_next.tb_next.tb_frame.f_locals['a'].name)
kept.__traceback__ = None
print('without traceback', sys.getrefcount(kept))
try:
    outer()
except ValueError as error:
    kept = error.with_traceback(error.__traceback__.tb_next.tb_next)
print('only inner', kept.__traceback__.tb_frame.f_code.co_name)
kept.__traceback__.tb_frame.clear()
print('frame cleared')
del kept


def keeps_itself():
    c = Thing('cycle')
    try:
        raise KeyError('k')
    except KeyError as error:
        saved = error
    return None


gc.disable()
keeps_itself()
print('returned')
print(gc.collect() > 0)


def cleans_up():
    d = Thing('clean')
    try:
        raise KeyError('k')
    except KeyError as error:
        saved = error
    try:
        return None
    finally:
        del saved


cleans_up()
print('returned', gc.collect())
try:
    try:
        outer()
    except ValueError as first:
        raise TypeError('second')
except TypeError as second:
    print(repr(second.__context__), second.__context__.__traceback__ is not None)
print('end')
