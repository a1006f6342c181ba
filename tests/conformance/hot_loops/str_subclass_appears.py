# Texts are joined, compared and used as keys in a hot loop; then come subclasses of str.
class Shout(str):
    def __add__(self, other):
        return Shout(str.__add__(self, other).upper())

    def __radd__(self, other):
        return 'radd'

    def __eq__(self, other):
        return True

    def __hash__(self):
        return str.__hash__(self)

    def __len__(self):
        return 100

    def __format__(self, spec):
        return f'<{spec}>'

    def __str__(self):
        return 'str of shout'


def glue(parts):
    text = ''
    for part in parts:
        text = text + part
    return text


def glue_in_place(parts):
    text = ''
    for part in parts:
        text += part
    return text


def look(parts, table):
    out = []
    for part in parts:
        out.append((part == 'p3', len(part), f'{part:5}|{part!s}', table.get(part), part in 'xp3x'))
    return out


parts = ['p%d' % (i % 5) for i in range(100)]
print(len(glue(parts)), glue(parts)[-10:])
late = parts[:70] + [Shout('mid')] + parts[:5]
print(glue(late)[-20:], type(glue(late)).__name__)
print(glue_in_place(late)[-20:])
print(glue([Shout('first')] + parts[:80])[:16])
table = {'p1': 1, 'p3': 3}
result = look(late, table)
print(result[3], result[70], result[-1])
for bad in (b'bytes', None, 5):
    try:
        glue(parts + [bad])
    except TypeError as error:
        print(error)
