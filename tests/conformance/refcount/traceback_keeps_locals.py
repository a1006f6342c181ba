import sys
x = []
def fail(a):
    local = a
    raise ValueError
try:
    fail(x)
except ValueError as e:
    print(sys.getrefcount(x))
    saved = e
print(sys.getrefcount(x))
saved = saved.with_traceback(None)
print(sys.getrefcount(x))
