class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
print('before')
K(1)
K(2).n
print('between')
[K(3), K(4)]
print('after')
x = K(5).n + K(6).n
print(x)
