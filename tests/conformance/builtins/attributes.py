class C:
    x = 1
c = C()
setattr(c, 'y', 2)
print(getattr(c, 'x'), getattr(c, 'zz', 'default'), hasattr(c, 'y'), hasattr(c, 'q'))
delattr(c, 'y')
print(hasattr(c, 'y'), [n for n in dir(c) if not n.startswith('__')], callable(getattr))
try:
    getattr(c, 5)
except TypeError as e:
    print(e)
