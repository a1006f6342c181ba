# oracle: 3.13
import gc
class C:
    pass
gc.collect()
c = C()
def where(thing):
    return [g for g in range(3) if any(o is thing for o in gc.get_objects(g))]
print(where(c))
gc.collect(0)
print(where(c))
gc.collect(1)
print(where(c))
gc.collect()
print(where(c))
try:
    gc.get_objects(3)
except ValueError as error:
    print(error)
