import sys
def show(a):
    return sys.getrefcount(a)
def f():
    y = []
    try:
        print('try', show(y))
        raise ValueError
    except ValueError:
        print('except', show(y))
    finally:
        print('finally', show(y))
    print('after', show(y))
f()
def g():
    y = []
    try:
        pass
    finally:
        print('finally', show(y))
    print('after', show(y))
g()
