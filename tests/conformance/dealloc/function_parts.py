class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
def make():
    cell_a = K('cell_a')
    cell_b = K('cell_b')
    def f(x=K('d0'), y=K('d1'), *, k=K('kw')):
        return cell_a, cell_b
    f.attribute = K('attribute')
    return f
f = make()
print('made')
del f
print('dead')
