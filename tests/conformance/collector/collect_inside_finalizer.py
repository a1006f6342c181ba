import gc
class K:
    def __init__(self):
        self.me = self
    def __del__(self):
        print('nested', gc.collect())
K()
print('outer', gc.collect())
