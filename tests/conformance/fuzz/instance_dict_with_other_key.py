# Found by scripts/fuzz.mjs: seed 5097.
import gc
class Loud:
    def __init__(self, label):
        self.label = label
    def __del__(self):
        print('del', self.label)
a = Loud('held by its own dict')
names = a.__dict__
names[(2, 3)] = a
a = None
print(gc.collect(), len(names))
names.clear()
print('end')
