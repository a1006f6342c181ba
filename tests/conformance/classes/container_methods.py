class Row:
    def __init__(self, *items):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
    def __getitem__(self, i):
        print('get', i)
        return self.items[i]
    def __setitem__(self, i, value):
        self.items[i] = value
    def __delitem__(self, i):
        del self.items[i]
    def __contains__(self, x):
        print('contains', x)
        return x in self.items
r = Row(1, 2, 3)
r[0] = 9
del r[1]
print(len(r), r[-1], r[0:1], 3 in r, bool(r), bool(Row()))
print([x for x in r])
