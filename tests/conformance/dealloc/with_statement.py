class M:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        return self
    def __exit__(self, *info):
        print('exit', self.n)
    def __del__(self):
        print('dead', self.n)
with M(1):
    print('body')
print('after')
with M(2) as m:
    print('body')
print('after')
m = None
def f():
    with M(3) as a, M(4):
        return 'value'
print(f())
