# Text put together, formatted and taken apart in a hot loop; the same attribute sites for slots and for values.
import sys


class Slotted:
    __slots__ = ('a', 'b')


class Plain:
    pass


class Text(str):
    def __format__(self, spec):
        return '<' + spec + '>'


def fill(obj, i):
    obj.b = i
    obj.a = obj
    value = obj.a
    obj.a = obj.b
    del obj.b
    try:
        obj.b
    except AttributeError as error:
        return type(value).__name__, obj.a, str(error)
    return None


def formats(value, spec):
    try:
        return f'{value:{spec}}|{value:>4}|{value}'
    except ValueError as error:
        return str(error)


def calls(text, parts):
    try:
        return text.split(maxsplit=1), text.split(None, 1), text.split('a', 'b')
    except TypeError as error:
        parts.append(str(error))
    return ' '.join(parts)


def grow(n):
    out = []
    item = 'item' * n
    for c in 'a\u00e9\u20ac\U0001f600' * 3:
        out.append(c)
        out.append(item)
    before = sys.getrefcount(item)
    out.clear()
    return before - sys.getrefcount(item)


for i in range(60):
    last = [fill(cls(), i + 1000) for cls in (Slotted, Plain, Slotted)]
    texts = [formats(v, s) for v in (i, -5, 'x' * (i % 7), 2.5, Text('t')) for s in ('', '05', '<8', '^7x', '=+9', 'é>6')]
    called = calls('one banana two', ['p', str(i)])
    grown = grow(3)
    t = ''
    for w in ('', 'a', '', 'bc', 'é', '€'):
        t += w
    for w in ('z', Text('y'), ''):
        t = w + t
print(last)
print(texts)
print(called, grown, t, type(t).__name__)
print(['%d-%d' % (i, -i), '%d%%' % True, 'b' < 'a', '' < 'a', 'ab' < 'abc', 'é' > 'z', '\ue000' < '\U0001f600'])
try:
    '%d %d' % (1,)
except TypeError as error:
    print(error)
print('a\nb\r\nc\x0bd\x1ce\x85f'.splitlines(), 'é\x85f'.splitlines(True), 'abc'.find(''), 'abc'.rfind(''), 'aXa'.upper())
