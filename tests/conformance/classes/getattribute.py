class C:
    def __init__(self):
        self.x = 1
    def __getattribute__(self, name):
        if name.startswith('_'):
            return object.__getattribute__(self, name)
        print('asked', name)
        return object.__getattribute__(self, name)
c = C()
print(c.x, c.__class__.__name__)
try:
    c.y
except AttributeError as error:
    print(error)
