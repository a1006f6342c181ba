class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
for k in [K(0), K(1), K(2)]:
    print('loop', k.n)
print('after, k is', k.n)
for k in [K(3), K(4)]:
    break
print('after break, k is', k.n)
del k
print('end')
