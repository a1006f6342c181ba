# What a cell holds lives as long as any closure over it; names that are not captured die with the frame.
import sys
import weakref


class Big:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def make():
    kept = Big('kept')
    dropped = Big('dropped')
    probe = dropped.name

    def get():
        return kept

    def replace(value):
        nonlocal kept
        kept = value

    print('leaving')
    return get, replace


get, replace = make()
print('left')
print(get().name, get.__code__.co_freevars, make.__code__.co_cellvars)
print(get.__closure__[0] is replace.__closure__[0], sys.getrefcount(get()))
replace(Big('second'))
print('replaced')
cell = get.__closure__[0]
del get, replace
print(cell.cell_contents.name)
del cell.cell_contents
print('empty')
try:
    cell.cell_contents
except ValueError as error:
    print(error)


def loop():
    functions = []
    for i in range(3):
        big = Big(i)
        functions.append(lambda: big)
    print('loop is over')
    return functions


functions = loop()
print([f().name for f in functions], len({id(f.__closure__[0]) for f in functions}))
functions.clear()
print('cleared')


def comprehension():
    return [lambda: item.name for item in [Big('x'), Big('y')]]


fs = comprehension()
print([f() for f in fs])
del fs
print('end')
