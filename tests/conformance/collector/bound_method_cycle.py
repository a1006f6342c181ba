import gc
class C:
    def __init__(self):
        self.handler = self.handle
    def handle(self):
        pass
    def __del__(self):
        print('dead')
c = C()
del c
print('deleted')
print(gc.collect())
