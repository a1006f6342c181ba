# oracle: 3.13
import gc
print(gc.get_threshold())
gc.set_threshold(700, 20)
print(gc.get_threshold())
gc.set_threshold(1, 2, 3)
print(gc.get_threshold())
try:
    gc.set_threshold('x')
except TypeError as error:
    print(error)
