class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
getattr(K('obj'), 'missing', K('default'))
print('getattr')
isinstance(K('a'), object)
print('isinstance')
len([K('a'), K('b')])
print('len')
min(K('a').n, K('b').n)
print('min')
