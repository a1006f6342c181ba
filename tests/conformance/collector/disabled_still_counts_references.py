import gc
class K:
    def __del__(self):
        print('dead')
gc.disable()
print(gc.isenabled())
k = K()
del k
l = []
l.append(l)
del l
print(gc.collect())
gc.enable()
print(gc.isenabled())
