# DEBUG_SAVEALL puts what would be freed into gc.garbage; finalizers have run all the same.
import gc

gc.disable()
gc.collect()


class Node:
    def __init__(self, name):
        self.name, self.me = name, self

    def __del__(self):
        print('del', self.name)


gc.set_debug(gc.DEBUG_SAVEALL)
Node('a')
x = [1]
x.append(x)
del x
print(gc.collect(), sorted(type(o).__name__ for o in gc.garbage))
print([o.name for o in gc.garbage if isinstance(o, Node)], gc.get_debug() == gc.DEBUG_SAVEALL)
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect(), gc.garbage)
