class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
l = [K(0), K(1), K(2), K(3)]
l.pop()
print('popped')
kept = l.pop(0)
print('kept', kept.n)
del l[0]
print('deleted')
l[0] = 'new'
print('replaced', l)
