# gc.freeze puts everything out of the collector's sight; cycles among it are garbage only after unfreeze.
import gc

gc.disable()
gc.collect()


class Node:
    def __del__(self):
        print('del')


n = Node()
n.me = n
gc.freeze()
print(gc.get_freeze_count() > 100)
del n
print(gc.collect())
m = Node()
m.me = m
del m
print(gc.collect())
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect())
