class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('dead', self.n)
def inner():
    a = K('inner a')
    b = K('inner b')
    raise ValueError('stop')
def outer():
    c = K('outer c')
    inner()
try:
    outer()
except ValueError as error:
    print('caught', error)
print('end')
