# What runs at the end of a program: atexit functions, finalizers newest first, then what the globals hold.
import atexit
import weakref


class C:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


a, b = C('a'), C('b')
weakref.finalize(a, print, 'finalize a')
atexit.register(print, 'atexit first')
weakref.finalize(b, print, 'finalize b')


@atexit.register
def last():
    print('atexit second, sees', a.name, a is not None)


third = weakref.finalize(a, print, 'finalize a again')


def unregistered():
    print('never')


atexit.register(unregistered)
atexit.unregister(unregistered)


@atexit.register
def broken():
    raise ValueError('in atexit')


c = C('c')
weakref.finalize(c, print, 'finalize c, early')
del c
print('end of the program')
