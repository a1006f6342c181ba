import gc
class K:
    def __del__(self):
        global saved
        saved = self
k = K()
print(gc.is_finalized(k))
del k
print(gc.is_finalized(saved))
saved.__del__()
print(gc.is_finalized(K()))
