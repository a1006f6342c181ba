import gc
class K:
    def __del__(self):
        pass
a, b = K(), K()
a.other, b.other = b, a
del a, b
print(gc.collect(), gc.garbage)
