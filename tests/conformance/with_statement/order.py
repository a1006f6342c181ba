class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow
    def __enter__(self):
        print('enter', self.name)
        return self.name.upper()
    def __exit__(self, kind, value, traceback):
        print('exit', self.name, kind and kind.__name__, value)
        return self.swallow
with M('a') as a, M('b') as b:
    print('body', a, b)
with M('swallows', True):
    raise ValueError('swallowed')
print('goes on')
try:
    with M('outer'), M('inner'):
        raise KeyError('out')
except KeyError as error:
    print('caught', error)
with (M('x') as x, M('y')):
    print(x)
