class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
t = (K(0), K(1), K(2))
u = t + (K(3),)
del t
print('alive')
del u
print('dead')
