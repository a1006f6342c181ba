# Subscripts, lengths and iteration of plain lists in a hot loop, then of a subclass that overrides them.
class Shifted(list):
    def __getitem__(self, index):
        if isinstance(index, slice):
            return 'sliced'
        return list.__getitem__(self, index - 1)

    def __setitem__(self, index, value):
        list.__setitem__(self, index, value * 10)

    def __len__(self):
        return 3

    def __iter__(self):
        return iter(('x', 'y'))

    def __contains__(self, item):
        return 'everything'

    def append(self, item):
        list.append(self, ('appended', item))


def work(rows):
    out = []
    for row in rows:
        row[1] = row[0]
        row.append(row[-1])
        first, *rest = row
        out.append((row[1], len(row), 5 in row, first, len(rest), row[0:1], [x for x in row][:2]))
    return out


plain = [[i, i + 1, i + 2] for i in range(100)]
late = plain[:]
late.append(Shifted([1, 2, 3]))
late.append([7, 8])
result = work(late)
print(result[0], result[99])
print(result[100])
print(result[101])
print(list.__repr__(late[100]), late[101])


def drain(stack):
    taken = 0
    while stack:
        stack.pop()
        taken += 1
    return taken


class Stubborn(list):
    pops = 0

    def __bool__(self):
        return self.pops < 5

    def pop(self):
        self.pops += 1
        return super().pop()


print([drain(list(range(30))) for _ in range(5)])
stubborn = Stubborn(range(30))
print(drain(stubborn), list.__len__(stubborn))
