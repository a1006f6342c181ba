# Exceptions raised, caught by type, passed on through finally, raised again with a cause.
class Refused(Exception):
    def __init__(self, code):
        super().__init__('refused', code)
        self.code = code


def check(n):
    if n % 3 == 0:
        raise Refused(n)
    if n % 3 == 1:
        raise KeyError(n)
    return n


def guarded(n, log):
    try:
        return check(n)
    finally:
        log[0] += 1


def translate(n, log):
    try:
        return guarded(n, log)
    except KeyError as error:
        raise ValueError(n) from error


def run(rounds):
    log = [0]
    total = 0
    for n in range(rounds):
        try:
            total += translate(n, log)
        except Refused as error:
            total += error.code & 15
        except (TypeError, ValueError) as error:
            total += error.__cause__.args[0] & 7
        try:
            [][0]
        except IndexError:
            total += 1
    return total, log[0]


print(run(70000))
