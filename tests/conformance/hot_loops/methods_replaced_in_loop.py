# Methods, functions, builtins and globals are replaced while a loop calls them.
class Account:
    def fee(self):
        return 1

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def rate():
        return 'static'


class Student(Account):
    pass


def calls(rounds):
    a, s = Account(), Student()
    seen = []
    for i in range(rounds):
        if i == 70:
            Student.fee = lambda self: 2
        if i == 80:
            s.fee = lambda: 3
        if i == 90:
            Account.fee = len
        if i == 95:
            Account.__len__ = lambda self: 4
        if i == 100:
            del s.fee
        if i == 105:
            del Student.fee
        if i == 110:
            Account.fee = classmethod(lambda cls: cls.__name__)
        if i == 115:
            Account.fee = 5
        try:
            row = (a.fee(), s.fee(), s.make().__class__.__name__, a.rate())
        except TypeError as error:
            row = str(error)
        if not seen or seen[-1] != row:
            seen.append(row)
    return seen


for row in calls(120):
    print(row)


def step(x):
    return x + 1


def globals_change(rounds):
    global step, limit
    limit = 5
    seen = []
    for i in range(rounds):
        if i == 70:
            step = lambda x: x * 2
        if i == 80:
            limit = 'text'
        if i == 85:
            del limit
        if i == 90:
            globals()['len'] = lambda x: 'shadowed'
        if i == 95:
            del globals()['len']
        try:
            row = (step(10), limit, len('abc'))
        except NameError as error:
            row = str(error)
        if not seen or seen[-1] != row:
            seen.append(row)
    return seen


for row in globals_change(100):
    print(row)


def code_changes(rounds):
    def target(a, b=2):
        return a + b
    out = []
    for i in range(rounds):
        if i == 70:
            target.__defaults__ = (30,)
        if i == 80:
            target.__code__ = (lambda a, b: a * b).__code__
        if i == 90:
            target.__defaults__ = None
        try:
            row = target(5)
        except TypeError as error:
            row = str(error)
        if not out or out[-1] != row:
            out.append(row)
    return out


print(code_changes(100))
import builtins
original = builtins.abs
total = []
for i in range(-100, 0):
    if i == -20:
        builtins.abs = lambda x: -1
    total.append(abs(i))
builtins.abs = original
print(total[:2], total[-22:-18])
