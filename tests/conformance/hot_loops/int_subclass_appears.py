# One hot loop first meets plain ints, then a subclass whose operators answer something else.
class Loud(int):
    calls = []

    def __add__(self, other):
        Loud.calls.append(('add', int(self), int(other)))
        return Loud(int(self) + int(other) + 1000)

    def __radd__(self, other):
        Loud.calls.append(('radd', int(self), int(other)))
        return int(other) + 1

    def __lt__(self, other):
        Loud.calls.append(('lt', int(self), int(other)))
        return True

    def __gt__(self, other):
        Loud.calls.append(('gt', int(self), int(other)))
        return True

    def __eq__(self, other):
        Loud.calls.append(('eq', int(self), int(other)))
        return False

    __hash__ = int.__hash__

    def __bool__(self):
        Loud.calls.append(('bool', int(self)))
        return False

    def __index__(self):
        Loud.calls.append('index')
        return 2


def add(values):
    total = 0
    for value in values:
        total = total + value
    return total


def count(values, limit):
    below = equal = true = 0
    for value in values:
        if value < limit:
            below += 1
        if value == limit:
            equal += 1
        if value:
            true += 1
    return below, equal, true


def pick(items, places):
    out = 0
    for place in places:
        out += items[place]
    return out


plain = list(range(120))
print(add(plain), count(plain, 60), pick(plain, plain))
late = plain + [Loud(7), 8, Loud(9)]
print(add(late), type(add(late)).__name__)
print(Loud.calls)
Loud.calls.clear()
print(count(late, 60), count(plain, Loud(60)))
print(len(Loud.calls), Loud.calls[:6], Loud.calls[-3:])
Loud.calls.clear()
print(pick(plain, late), Loud.calls)
print(sum(late), type(sum(late)).__name__)
