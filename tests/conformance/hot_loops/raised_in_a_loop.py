# Exceptions raised, raised again and given a cause in a hot loop: what they hold, and when it goes.
import sys
import weakref


class Held:
    pass


class Stop(Exception):
    def __init__(self, n, held):
        super().__init__(n)
        self.n = n
        self.held = held


def inner(n, held):
    if n % 4 == 0:
        raise Stop(n, held)
    if n % 4 == 1:
        raise KeyError(n)
    return n


def middle(n, held):
    try:
        return inner(n, held)
    except KeyError as error:
        raise ValueError(n) from error
    finally:
        n = None


def run(rounds):
    held = Held()
    log = []
    depth = 0
    for n in range(rounds):
        try:
            log.append(middle(n, held))
        except Stop as stop:
            depth += len(stop.args) + stop.n
            if stop.held is not held:
                print('another')
        except ValueError as error:
            depth += error.__cause__.args[0]
            if error.__context__ is not error.__cause__:
                print('another context')
    return len(log), depth, sys.getrefcount(held), weakref.ref(held)


result = run(400)
print(result[:3], result[3]() is None)


def again(rounds):
    caught = 0
    for n in range(rounds):
        try:
            try:
                raise Stop(n, [n])
            except Stop:
                raise
        except Stop as stop:
            caught += stop.held[0]
            frames = 0
            tb = stop.__traceback__
            while tb is not None:
                frames += 1
                tb = tb.tb_next
    return caught, frames


print(again(300))
