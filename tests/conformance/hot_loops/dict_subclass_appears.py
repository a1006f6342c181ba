# Dicts are read and written in a hot loop; late ones have __missing__, __getitem__, __setitem__, __contains__.
from collections import Counter, OrderedDict, defaultdict


class Missing(dict):
    def __missing__(self, key):
        return 'missing ' + key


class Logged(dict):
    log = []

    def __getitem__(self, key):
        self.log.append(('get', key))
        return dict.__getitem__(self, key)

    def __setitem__(self, key, value):
        self.log.append(('set', key, value))
        dict.__setitem__(self, key, value)

    def __contains__(self, key):
        self.log.append(('in', key))
        return False

    def get(self, key, default=None):
        self.log.append(('method', key))
        return default


def touch(tables):
    out = []
    for table in tables:
        try:
            value = table['a']
        except KeyError as error:
            value = error.args
        table['b'] = 1
        out.append((value, 'a' in table, table.get('a', 'none'), len(table)))
    return out


tables = [{'a': i} for i in range(100)]
tables += [{}, Missing(), Logged(a=5), defaultdict(list), Counter('abca'), OrderedDict(b=2), {'b': 0, 'a': 1}]
result = touch(tables)
print(result[:2])
for row, table in zip(result[100:], tables[100:]):
    print(row, table)
print(Logged.log)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if self.n == 99:
            raise ValueError('no comparison with 99')
        return isinstance(other, Key) and self.n == other.n


def fill(keys):
    table = {}
    failed = 0
    for key in keys:
        try:
            table[key] = table.get(key, 0) + 1
        except ValueError:
            failed += 1
    return len(table), failed, sorted(table.values())


print(fill(['k%d' % (i % 5) for i in range(100)]))
print(fill([i % 9 for i in range(100)]))
print(fill([Key(i % 4) for i in range(100)] + [Key(99), Key(1)]))
