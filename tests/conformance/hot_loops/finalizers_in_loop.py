# __del__ runs inside the loop: it prints, binds the loop's globals, resurrects, and raises.
import sys


class Temp:
    made = died = 0

    def __init__(self):
        Temp.made += 1

    def __del__(self):
        Temp.died += 1

    def __add__(self, other):
        return Temp()

    def __lt__(self, other):
        return Temp()

    def __bool__(self):
        return Temp.made % 2 == 0

    def __getitem__(self, key):
        return Temp()

    def __call__(self, *args):
        return Temp()

    def __iter__(self):
        return iter([Temp(), Temp()])


def temporaries(rounds):
    lags = set()
    t = Temp()
    for i in range(rounds):
        t + t + Temp()
        if t < Temp():
            t[Temp()]
        t(Temp(), Temp())(t)
        for part in t:
            part
        [Temp() for _ in range(2)]
        f'{Temp() and 1}'
        a, b = t
        a = b = part = None
        lags.add(Temp.made - Temp.died)
    return lags


print(temporaries(70), Temp.made, Temp.died)
log = []


class Phoenix:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        global current
        log.append(self.n)
        if self.n % 30 == 0:
            saved.append(self)
        current = self.n


saved = []
for i in range(121):
    bird = Phoenix(i)
del bird
print(len(log), current, [b.n for b in saved])
saved.clear()
print(len(log))


class Angry:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        if self.n % 50 == 0:
            raise ValueError(self.n)


def angry(rounds):
    seen = []
    sys.unraisablehook = lambda args: seen.append((str(args.exc_value), args.exc_value.__traceback__.tb_lineno))
    for i in range(rounds):
        x = Angry(i)
    sys.unraisablehook = sys.__unraisablehook__
    return seen


print(angry(151))


class Drops:
    """Its end changes the list that the loop walks."""

    def __init__(self, items):
        self.items = items

    def __del__(self):
        if self.items:
            self.items.pop()


def shrink(rounds):
    items = list(range(rounds))
    walked = 0
    for n in items:
        walked += 1
        Drops(items)
    return walked, len(items)


print(shrink(200))
