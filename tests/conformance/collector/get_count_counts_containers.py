# oracle: 3.13
import gc
class C:
    pass
gc.collect()
base = gc.get_count()[0]
kept = [C() for _ in range(100)]
print(gc.get_count()[0] - base >= 100, gc.get_count()[1:])
gc.collect(0)
print(gc.get_count()[1:])
gc.collect(0)
gc.collect(1)
print(gc.get_count()[1:])
gc.collect()
print(gc.get_count()[1:])
