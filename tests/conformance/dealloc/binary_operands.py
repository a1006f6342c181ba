class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
    def __add__(self, other):
        return 1
    def __eq__(self, other):
        return True
    def __lt__(self, other):
        return True
K('l') + K('r')
print('add')
K('l') == K('r')
print('eq')
K('l') < K('r')
print('lt')
K('l') is K('r')
print('is')
not K('n')
print('not')
