# Names in comprehensions inside classes, functions and exec; what they see and what they leave behind.
x = 'global'


class C:
    x = 'class'
    first = [x for _ in range(1)]
    source = [y for y in x]
    try:
        nested = [[x for _ in 'a'] for _ in 'b']
    except NameError as error:
        nested = str(error)
    z = lambda: x

    def method(self):
        return x, __class__.x


print(C.first, C.source, C.nested, C.z(), C().method())


def f():
    x = 'local'
    fs = [lambda: x for _ in range(2)]
    inner = [x := i for i in range(3)]
    return x, inner, fs[0]()


print(f(), x)
print([i for i in range(3) if (last := i)], last)


def g(items):
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return [add(i) for i in items], {i: locals().get('items') is items for i in 'a'}


print(g([1, 2, 3]))
i = 'kept'
squares = [i * i for i in range(4)]
print(i, squares, {i for i in 'a'}, dict((i, i) for i in 'b'), i)
ns = {'x': 'ns'}
exec('y = [x for _ in range(1)]\ndef h(): return x', ns)
print(ns['y'], ns['h']())
try:
    exec('z = 1\nr = [z for _ in "a"]', {}, {})
    print('found')
except NameError as error:
    print(error)


def h():
    try:
        return [undefined_yet for _ in 'a']
    finally:
        undefined_yet = 1


try:
    h()
except NameError as error:
    print(type(error).__name__, error)
