# oracle: 3.13
import gc
events = []
gc.callbacks.append(lambda phase, info: events.append((phase, info['generation'], info['collected'])))
class C:
    pass
gc.collect()
events.clear()
for _ in range(5000):
    c = C()
    c.me = c
gc.callbacks.clear()
print(events)
