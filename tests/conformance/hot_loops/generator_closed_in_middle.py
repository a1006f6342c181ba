# Generators that hot loops drive are closed, thrown into, dropped and run out in the middle.
import sys


class Held:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def numbers(name, rounds):
    held = Held(name)
    try:
        for i in range(rounds):
            got = yield i
            if got:
                print(name, 'got', got)
    except ValueError as error:
        print(name, 'caught', error)
        yield 'after'
    except GeneratorExit:
        print(name, 'closing at', i)
        raise
    finally:
        print(name, 'finally')
    return 'value of ' + name


def take(source, count):
    total = 0
    for n in source:
        total += n
        if n == count:
            break
    return total


source = numbers('first', 500)
print(take(source, 150), source.gi_frame.f_locals['i'], sys.getrefcount(source))
source.close()
print(source.gi_frame)
print(take(numbers('dropped', 500), 100))

source = numbers('thrown', 500)
print(take(source, 120))
print(source.throw(ValueError('into')))
print(next(source, 'end'))

source = numbers('sent', 500)
take(source, 80)
print(source.send('hello'))
try:
    while True:
        next(source)
except StopIteration as stop:
    print(stop.value)


def relay(name, rounds):
    result = yield from numbers(name, rounds)
    print('relay has', result)
    yield -1


print(sum(relay('whole', 100)))
source = relay('partly', 100)
print(take(source, 70))
del source


def mix(generators):
    order = 0
    while generators:
        for g in generators[:]:
            try:
                order = (order * 3 + next(g)) % 100003
            except StopIteration:
                generators.remove(g)
    return order


print(mix([numbers('a', 40), numbers('b', 100), (n * n for n in range(70))]))
