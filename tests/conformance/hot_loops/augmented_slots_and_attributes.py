# Instances with __slots__, plain attributes and class counters updated by one hot method; late ones are of other classes.
import sys


class Counter:
    made = 0

    def __init__(self, start=0):
        self.value = start
        Counter.made += 1

    def bump(self, by):
        self.value += by
        return self


class Slotted(Counter):
    __slots__ = ('extra',)

    def bump(self, by):
        try:
            self.extra += by
        except AttributeError:
            self.extra = by
        return super().bump(by)


class Checked(Counter):
    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        if new > 100:
            raise OverflowError(f'{new} is over 100')
        self._value = new


class Watched(Counter):
    writes = 0

    def __setattr__(self, name, value):
        Watched.writes += 1
        super().__setattr__(name, value)


def run(counters, rounds, by):
    for i in range(rounds):
        counters[i % len(counters)].bump(by).bump(by)


plain = [Counter() for _ in range(3)]
run(plain, 150, 1)
print([c.value for c in plain])
mixed = plain + [Slotted(), Watched()]
run(mixed, 150, 0.5)
print([c.value for c in mixed], mixed[3].extra, Watched.writes)
run(mixed, 50, 2**62)
print([c.value for c in mixed])
try:
    run([Checked()], 100, 1)
except OverflowError as error:
    print(error)
try:
    run(plain + [Counter('text')], 10, 1)
except TypeError as error:
    print(error)
try:
    run(plain + [object()], 10, 1)
except AttributeError as error:
    print(error)
print(Counter.made, {sys.getrefcount(c) for c in mixed})


class Vector:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)


def sums(rounds):
    total = start = Vector(0, 0)
    step = Vector(1, 0.5)
    for i in range(rounds):
        total += step
        if i == 100:
            total = total + step
        if i == 110:
            del start.x
    try:
        start += step
    except AttributeError as error:
        print(error)
    try:
        total = total + 1
    except TypeError as error:
        print(error)
    return total.x, total.y, total is start


print(sums(120))
