import gc
class K:
    def __del__(self):
        print('dead')
k = K()
k.me = k
del k
print('deleted')
print(gc.collect() > 0)
print('collected')
