import gc
print(gc.get_threshold()[:2])
gc.set_threshold(500)
print(gc.get_threshold()[0])
gc.set_threshold(50, 5, 3)
print(gc.get_threshold()[:2])
gc.set_threshold(0)
print(gc.get_threshold()[0])
