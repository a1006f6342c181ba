class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print(self.n, end=' ')
    def __getitem__(self, key):
        return 1
    def __setitem__(self, key, value):
        pass
    def __delitem__(self, key):
        pass
    def __contains__(self, item):
        return True
K('obj')[K('key')]
print('get')
K('obj')[K('key')] = K('val')
print('set')
del K('obj')[K('key')]
print('del')
K('e') in K('cont')
print('in')
