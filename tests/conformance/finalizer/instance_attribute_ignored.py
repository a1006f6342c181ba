class K:
    pass
k = K()
k.__del__ = lambda: print('never')
del k
class L:
    pass
l = L()
L.__del__ = lambda self: print('added later')
del l
print('end')
