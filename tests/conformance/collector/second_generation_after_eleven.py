# oracle: 3.13
import gc
generations = []
def note(phase, info):
    if phase == 'stop':
        generations.append(info['generation'])
gc.collect()
gc.set_threshold(100, 3, 1000)
gc.callbacks.append(note)
kept = [[i] for i in range(1500)]
gc.callbacks.clear()
print(generations)
