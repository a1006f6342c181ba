# profile: 3.14
# t-strings: parts, order of evaluation, joining, and who holds what.
import sys

name = ['x']
t = t'hello {name} and {name!r:>{5 + 5}} {1 + 1 = }'
print(t)
print(t.strings, t.values, [i.expression for i in t.interpolations])
print(sys.getrefcount(name), sys.getrefcount(t), type(t), type(t.interpolations[0]))
for part in t:
    print(repr(part))
print(t'' + t'{1}', t'a' + t'b{2}c', list(t'{1}{2}'))
print(t'a' t'{3}', t'{name!s}'.interpolations[0].conversion)
for wrong in (lambda: t'a' + 'b', lambda: 'b' + t'a', lambda: t'{missing}', lambda: t'{1!r:{[][0]}}'):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
Template, Interpolation = type(t), type(t.interpolations[0])
print(Template('a', 'b', Interpolation(1, 'one'), Interpolation(2), 'c'), Template())
for args in ((1,), ('a', 5)):
    try:
        Template(*args)
    except TypeError as e:
        print(e)
for args in ((1, 2), (1, 'a', 'q'), (1, 'a', 5), (1, 'a', None, 3)):
    try:
        Interpolation(*args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
match t.interpolations[1]:
    case Interpolation(value, expression, conversion, spec):
        print(value is name, expression, conversion, spec)
print(t == t'hello {name}', Template[int], hash(t) == hash(t))
print(t'{(lambda: 1)()}'.interpolations[0].value, t'''
{name}''')


class Loud:
    def __del__(self):
        print('gone')


t = t'{Loud()}'
del t
print('end')
