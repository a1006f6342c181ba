# oracle: 3.13
import gc
class C:
    pass
def f():
    gc.collect()
    a = gc.get_count()[0]
    kept = [C(), C(), C()]
    b = gc.get_count()[0]
    numbers = [1, 2.5, 'text' + str(a), 10 ** 30]
    c = gc.get_count()[0]
    del kept
    d = gc.get_count()[0]
    return b - a, c - b, d - c
print(f())
