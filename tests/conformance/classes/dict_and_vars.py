class C:
    pass
c = C()
c.__dict__['x'] = 5
print(c.x, vars(c), c.__dict__ is c.__dict__)
c.__dict__ = {'y': 6}
print(c.y, hasattr(c, 'x'))
print(type(C.__dict__).__name__, C.__module__, C.__qualname__)
