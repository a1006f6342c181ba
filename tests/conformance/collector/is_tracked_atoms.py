import gc
for thing in 1, 10 ** 30, 1.5, 'text', None, True, range(3), object(), int, (), len.__name__:
    print(type(thing).__name__, gc.is_tracked(thing))
print(gc.is_tracked(f'{gc}'), gc.is_tracked((lambda: 0).__code__))
