class Proxy:
    def __init__(self):
        self.real = 1
    def __getattr__(self, name):
        print('getattr', name)
        if name == 'no':
            raise AttributeError(name)
        return name.upper()
    def __setattr__(self, name, value):
        print('setattr', name, value)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print('delattr', name)
        object.__delattr__(self, name)
p = Proxy()
print(p.real, p.other, hasattr(p, 'no'), getattr(p, 'no', 'default'))
p.x = 5
del p.x
