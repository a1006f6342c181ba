import sys
class K:
    def __del__(self):
        print(sys.getrefcount(self))
k = K()
del k
def f():
    k = K()
f()
