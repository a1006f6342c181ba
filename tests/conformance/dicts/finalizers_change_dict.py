# Values whose end changes the dict that held them.
class Value:
    def __init__(self, name, table, action):
        self.name, self.table, self.action = name, table, action

    def __del__(self):
        print('del', self.name, len(self.table))
        self.action(self.table)


d = {}
d['a'] = Value('a', d, lambda t: t.update(new=1))
d['a'] = 'replaced'
print(d)
d['b'] = Value('b', d, lambda t: t.clear())
del d['b']
print(d)
d.update(x=1, c=Value('c', d, lambda t: t.pop('x', None)))
print(d.pop('c', None) is not None, d)
d['e'] = Value('e', d, lambda t: t.update(late=2))
d['f'] = Value('f', d, lambda t: t.update(later=3))
d.clear()
print(d)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __eq__(self, other):
        return self is other

    def __del__(self):
        print('key', self.n)


d = {Key(1): 'one', Key(2): 'two'}
for k in list(d):
    if k.n == 1:
        del d[k]
print(len(d))
k = None
print('rebinding')
d = None
