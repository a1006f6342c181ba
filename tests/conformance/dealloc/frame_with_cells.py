class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
def f(p, q):
    a = K('a')
    cell1 = K('cell1')
    b = K('b')
    cell2 = K('cell2')
    def inner():
        return cell1, cell2, p
    del inner
    c = K('c')
f(K('p'), K('q'))
print()
