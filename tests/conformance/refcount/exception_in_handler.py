import sys
def f():
    try:
        raise ValueError('x')
    except ValueError as e:
        print(sys.getrefcount(e))
    kept = None
    try:
        raise ValueError('y')
    except ValueError as e:
        kept = e
        print(sys.getrefcount(e))
    print(sys.getrefcount(kept))
f()
try:
    raise ValueError('z')
except ValueError as e:
    print(sys.getrefcount(e))
