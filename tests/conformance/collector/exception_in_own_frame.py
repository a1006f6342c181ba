import gc
def f():
    try:
        raise ValueError
    except ValueError as e:
        kept = e
f()
print(gc.collect())
def g():
    try:
        raise ValueError
    except ValueError as e:
        kept = e.with_traceback(None)
g()
print(gc.collect())
