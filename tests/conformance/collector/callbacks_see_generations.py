# gc.callbacks: what they are told of each collection, and one that takes itself off.
import gc

gc.disable()
gc.collect()
log = []


def note(phase, info):
    log.append((phase, info['generation'], info['collected'] if phase == 'stop' else None, info['uncollectable']))


def once(phase, info):
    gc.callbacks.remove(once)
    log.append('once')


gc.callbacks.append(note)
gc.callbacks.append(once)
a = []
a.append(a)
del a
gc.collect()
gc.collect()
gc.callbacks.remove(note)
gc.collect()
print(log, len(gc.callbacks))
