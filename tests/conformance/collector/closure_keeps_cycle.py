import gc, sys
class C:
    def __init__(self):
        self.callback = lambda: self
    def __del__(self):
        print('dead')
c = C()
print(sys.getrefcount(c))
del c
print('deleted')
print(gc.collect())
