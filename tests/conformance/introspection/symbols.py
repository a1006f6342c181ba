# What the compiler knows of names.
import symtable

source = '''
import os
g = 1
def f(a, *args, b=2, **kw):
    global g
    x = 1
    def inner():
        nonlocal x
        x = a
        return [y for y in args if y]
    return inner
class A:
    z: int = 3
    def m(self): return super().m() + self.__p
'''


def show(table, depth=0):
    print('  ' * depth, table.get_type(), table.get_name(), table.get_lineno(), table.is_nested())
    for symbol in sorted(table.get_symbols(), key=lambda s: s.get_name()):
        facts = [symbol.is_parameter(), symbol.is_global(), symbol.is_local(), symbol.is_free(), symbol.is_assigned()]
        print('  ' * depth, ' ', symbol.get_name(), *(int(x) for x in facts))
    for child in table.get_children():
        show(child, depth + 1)


show(symtable.symtable(source, 'f', 'exec'))
