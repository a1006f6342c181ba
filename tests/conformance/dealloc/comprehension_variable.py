class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
print([k.n for k in [K(0), K(1)]])
def f():
    return [k.n for k in (K(i) for i in range(2))]
print(f())
