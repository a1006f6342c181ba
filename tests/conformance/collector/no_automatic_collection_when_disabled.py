import gc
seen = []
gc.callbacks.append(lambda phase, info: seen.append(phase))
gc.disable()
for _ in range(5000):
    l = []
    l.append(l)
print(seen)
print(gc.collect() >= 4999, seen)
gc.callbacks.clear()
