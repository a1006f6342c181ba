class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
def three():
    return [K(0), K(1), K(2)]
l = three()
del l
print('del')
l = three()
l.clear()
print('clear')
l = three()
l[:] = []
print('slice assignment')
l = three()
del l[1:]
print('slice deletion')
l = three()
print('rebound')
del l[::2]
print('extended slice')
l = three() + three()
print('rebound')
l *= 0
print('times zero')
