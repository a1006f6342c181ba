# Texts grow by += and join in hot loops, with aliases that forbid growing in place; formatting of changing types.
import sys


def grow(rounds):
    text = ''
    kept = []
    for i in range(rounds):
        text += chr(97 + i % 26)
        if i % 60 == 0:
            kept.append(text)
    return len(text), [len(k) for k in kept], kept[1] == text[:61], text[-3:]


def widen(rounds):
    text = ''
    marks = []
    for i in range(rounds):
        text += 'a' if i < 80 else 'é' if i < 90 else '€' if i < 100 else '😀'
        if i in (79, 89, 99, 109):
            marks.append((len(text), text[-1], max(text), text.isascii()))
    return marks


def attribute(rounds):
    class Box:
        text = ''
    box = Box()
    for i in range(rounds):
        box.text += 'x'
        if i == 90:
            box.text = box.text.encode()
            try:
                box.text += 'y'
            except TypeError as error:
                box.text = str(error)
    return box.text[-12:], Box.text


def formats(values):
    out = []
    for v in values:
        try:
            out.append(f'{v!r:>6}|{v:>5}|{v}')
        except (TypeError, ValueError) as error:
            out.append(f'{type(v).__name__}: {error}')
    return out


def counts(rounds):
    words = 'the cat and the dog and the bird'.split()
    table = {}
    for i in range(rounds):
        word = words[i % len(words)] + words[i * 3 % len(words)]
        table[word] = table.get(word, 0) + 1
        key = word[:3]
        table[key] = table.get(key, '') and i
    return len(table), sorted(table.items(), key=str)[:4]


def identical(rounds):
    same = 0
    for i in range(rounds):
        one = chr(i % 128)
        same += (one is chr(i % 128)) + 2 * ('ab'[i % 2] is 'ba'[1 - i % 2]) + 4 * (str(i) is str(i))
    return same


print(grow(181))
print(widen(120))
print(attribute(100))
print(formats([1, 2.5, 'abc', True] * 20 + [None, [1], 1j, b'x', 10**20, type])[-6:])
print(counts(200))
print(identical(130))
print(''.join([str(i) if i % 7 else hex(i) for i in range(100)])[-30:])
