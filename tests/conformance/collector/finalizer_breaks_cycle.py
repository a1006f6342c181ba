import gc
class K:
    def __del__(self):
        print('del')
        self.__dict__.clear()
k = K()
k.me = k
del k
print(gc.collect())
