import gc
class C:
    pass
x, y = [1], [2]
print(gc.get_referents([x, y]) == [y, x], gc.get_referents((x,)) == [x])
print(gc.get_referents({'a': x, 'b': y}))
c = C()
c.a, c.b = x, y
print(gc.get_referents(c) == [x, y, C])
print(gc.get_referents(5, 'text'), gc.get_referents(x, y))
