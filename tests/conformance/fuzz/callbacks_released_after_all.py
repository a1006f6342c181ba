# Found by scripts/fuzz.mjs: seed 5180.
import weakref
class Loud:
    def __init__(self, label):
        self.label = label
    def __del__(self):
        print('del', self.label)
target = Loud('target')
first = weakref.ref(target, lambda r, keep=Loud('kept by the first'): print('first'))
second = weakref.ref(target, lambda r, keep=Loud('kept by the second'): print('second'))
third = weakref.ref(target, lambda r, keep=Loud('kept by the third'): print('third'))
del target
print('end')
