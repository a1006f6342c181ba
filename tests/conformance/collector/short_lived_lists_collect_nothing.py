import gc
seen = []
gc.collect()
gc.callbacks.append(lambda phase, info: seen.append(phase))
for i in range(3000):
    l = [i]
gc.callbacks.clear()
print(seen)
