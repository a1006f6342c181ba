class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
a = K('a')
_b = K('_b')
c = [K('c0'), K('c1')]
print('end of script')
