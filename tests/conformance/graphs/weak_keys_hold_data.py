# Data beside objects in a WeakKeyDictionary goes away with them; a value that holds its key keeps it for ever.
import gc
import weakref

gc.collect()


class Key:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


class Data:
    def __init__(self, text):
        self.text = text

    def __del__(self):
        print('data of', self.text)


notes = weakref.WeakKeyDictionary()
a, b, c = Key('a'), Key('b'), Key('c')
notes[a] = Data('a')
notes[b] = Data('b')
notes[c] = c
print(len(notes), notes[a].text, b in notes, [k.name for k in notes])
del a
print(len(notes))
ref = notes.keyrefs()[0]
notes.pop(b)
print(len(notes), ref() is b)
del b
print('c is dropped')
del c
print(gc.collect(), len(notes), [k.name for k in notes])
notes.clear()
print(gc.collect())


class Same:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return hash(self.n)


one, other = Same(1), Same(1)
table = weakref.WeakKeyDictionary({one: 'first'})
table[other] = 'second'
print(len(table), table[one], list(table)[0] is one)
del one
print(len(table), other in table)
