class K:
    def __init__(self, n):
        self.n = n
        print('born', n)
    def __del__(self):
        print('dead', self.n)
a = K(1)
a = K(2)
a = None
print('end')
