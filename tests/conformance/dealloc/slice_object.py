class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
s = slice(K('start'), K('stop'), K('step'))
del s
print('dead')
