# Attributes, slots, cells, list items, dict values, arguments: who dies before whom.
class Loud:
    def __init__(self, name, *held):
        self.name, self.held = name, held

    def __del__(self):
        print(self.name, end=' ')


def end():
    print()


o = Loud('owner')
o.b, o.a, o.c = Loud('b'), Loud('a'), Loud('c')
del o
end()
x = [Loud('l0'), Loud('l1'), [Loud('l2')]]
del x
end()
x = (Loud('t0'), Loud('t1'))
del x
end()
x = {Loud('k'): Loud('v'), 'second': Loud('w')}
del x
end()
Loud('outer', Loud('first'), Loud('second', Loud('inner')))
end()


def f(a, b, *rest, **named):
    c = Loud('local')
    del a
    print('|', end=' ')


f(Loud('a'), Loud('b'), Loud('r'), n=Loud('n'))
end()


def g():
    x, y = Loud('x'), Loud('y')
    return lambda: (x, y)


h = g()
del h
end()
x = [Loud('old0'), Loud('old1')]
x[:] = [Loud('new')]
print('|', end=' ')
x[0] = None
end()
a = b = Loud('shared')
a = Loud('other')
print('|', end=' ')
a, b = b, a
del a
print('|', end=' ')
del b
end()
for i in map(Loud, 'pqr'):
    print('-', end=' ')
del i
end()
Loud('one').held, Loud('two').name
end()
print(Loud('kept by print').name)
