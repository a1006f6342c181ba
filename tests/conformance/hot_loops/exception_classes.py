# Exceptions made and caught in hot loops: what is referred to while `__init__` runs, by whom, and what is left.
import sys


class Refused(Exception):
    counts = None

    def __init__(self, code):
        if Refused.counts is not None:
            Refused.counts.append((sys.getrefcount(self), sys.getrefcount(code), sys.getrefcount(self.args)))
        super().__init__('refused', code)
        if Refused.counts is not None:
            Refused.counts.append((sys.getrefcount(self), sys.getrefcount(code), sys.getrefcount(self.args)))
        self.code = code


class Bare(KeyError):
    def __init__(self):
        self.seen = self.args


class Wrong(ValueError):
    def __init__(self, n):
        if n > 95:
            return n
        ValueError.__init__(self, n, n)


def always(n):
    total = 0
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            total += 1
    return total


def chained(n):
    seen = []
    for i in range(n):
        try:
            try:
                [][i]
            except IndexError as error:
                raise Refused(i) from error
        except Refused as error:
            if i % 40 == 0:
                seen.append((error.args, error.code, type(error.__cause__).__name__, sys.getrefcount(error)))
    return seen


def bare(n):
    for i in range(n):
        try:
            raise Bare()
        except LookupError as error:
            last = (error.args, error.seen, str(error))
    return last


def wrong(n):
    messages = []
    for i in range(n):
        try:
            e = Wrong(i)
        except TypeError as error:
            messages.append(str(error))
    return e.args, messages


def dies(n):
    class Noisy:
        def __del__(self):
            log.append('gone')

    log = []
    for i in range(n):
        try:
            raise ValueError(Noisy(), i)
        except ValueError as error:
            log.append(len(error.args))
        log.append('after')
    return log[-3:], len(log)


def looped():
    n = 0
    while True:
        n += 1
        try:
            if n > 150:
                break
            raise OSError(n, 'no')
        except OSError as error:
            code = error.errno
    return n, code


print(always(150))
print(chained(120))
print(bare(120))
print(wrong(99))
print(dies(100))
print(looped())
for hot in range(3):
    arg = object()
    Refused.counts = []
    e = Refused(arg)
    print(Refused.counts, sys.getrefcount(arg), sys.getrefcount(e.args), sys.getrefcount(e))
    for cls in (ValueError, KeyError, StopIteration, Exception):
        x = cls(arg)
        print(cls.__name__, sys.getrefcount(x.args), sys.getrefcount(arg), x.args[0] is arg)
    del x, e
