# A str that only one local holds grows where it lies, once the addition is warm.
def kept(n):
    s = 'start '
    same = 0
    for i in range(n):
        before = id(s)
        s += 'x'
        same += id(s) == before
    return same, len(s)


def shared(n):
    s = 'start '
    same = 0
    for i in range(n):
        before = id(s)
        other = s
        s += 'x'
        same += id(s) == before
    return same, len(s)


def hashed(n):
    s = 'start '
    same = 0
    for i in range(n):
        before = id(s)
        table = {s: 1}
        hash(s)
        del table
        s = s + 'y'
        same += s == before
    return same, len(s)


same, length = kept(60)
print(same > 20, length)
print(shared(60))
print(hashed(60))


def other_local(n):
    s = 'start '
    for i in range(n):
        t = s + 'x'
        s = t
    return s


print(other_local(5), len(other_local(100)))


def kinds():
    s = 'aé'
    for part in ('b', 'ü', '€', 'c', '\U0001f600', 'd', '\ud83d', 'é') * 2:
        s += part
    return [ascii(s), len(s), s.isascii(), s[::3] == s[0] + s[3] + s[6] + s[9] + s[12] + s[15]]


print(kinds())


def empty():
    s = ''
    for part in ('', 'a', '', 'bc'):
        s += part
        print(repr(s), s is part)


empty()
empty()


def parameter(s, t):
    s += t
    return s


text = ''.join(['a', ' ', 'b'])
for i in range(4):
    print(parameter(text, '!'), text)


def mixed(a, b):
    a += b
    return a


for i in range(70):
    mixed(1, 2)
    assert mixed('a ', 'b') == 'a b'
    assert mixed(1.5, 2) == 3.5
    assert mixed([1], [2]) == [1, 2]
print(mixed('x', 'y'), mixed(2.0, 3.0), mixed(10**20, 1), mixed((1,), (2,)))
try:
    mixed('a', 1)
except TypeError as e:
    print(e)
