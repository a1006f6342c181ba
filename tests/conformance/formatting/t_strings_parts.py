# profile: 3.14
# Template strings: their parts are objects of their own; nothing is formatted until somebody does it.
import sys
from string.templatelib import Interpolation, Template


class Lazy:
    def __format__(self, spec):
        print('formatted', spec)
        return 'lazy'


value = [1]
name = 'x'
t = t'a{value!r:>{5}}b{name}c'
print(type(t).__name__, t.strings, t.values, [i.expression for i in t.interpolations])
print([(i.conversion, i.format_spec) for i in t.interpolations], t.values[0] is value, sys.getrefcount(value))
lazy = t'{Lazy():spec}'
print('nothing formatted yet')
print(f'{lazy.values[0]:{lazy.interpolations[0].format_spec}}')
print(list(t'x{1}{2}'), (t'a' + t'b{1}').strings, t''.strings, t'{1}'.strings)
try:
    t'a' + 'b'
except TypeError as error:
    print(error)


def html(template):
    out = []
    for part in template:
        match part:
            case str():
                out.append(part)
            case Interpolation(v, _, conversion, spec):
                out.append(format(v, spec).replace('<', '&lt;'))
    return ''.join(out)


evil = '<b>'
print(html(t'<p>{evil}</p>{3.14159:.2f}'))
built = Template('a', Interpolation(5, 'five'), 'b')
print(built, built.values, Interpolation(1).expression)
t2 = t'{value}'
value.append(2)
print(t2.values, t2 == t2, t2 == t'{value}')
del value, t
print(sys.getrefcount(t2.values[0]))
