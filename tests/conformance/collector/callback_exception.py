import gc
def bad(phase, info):
    raise ValueError(phase)
gc.callbacks.append(bad)
print(gc.collect() >= 0)
gc.callbacks.clear()
print('goes on')
