# Exceptions leave hot loops through frames that hold objects; what the frames hold dies in order.
import sys


class Held:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def inner(values, limit):
    held = Held('inner')
    for i, value in enumerate(values):
        if i == limit:
            raise LookupError(i)
        probe = value * 2
    return probe


def outer(values, limit):
    held = Held('outer')
    try:
        return inner(values, limit)
    finally:
        print('finally', limit)


values = list(range(200))
print(outer(values, -1))
for limit in (150, 3):
    try:
        outer(values, limit)
    except LookupError as error:
        tb = error.__traceback__.tb_next.tb_next
        print('caught', error, sorted(tb.tb_frame.f_locals), tb.tb_lineno)
        del tb
        print('leaving')
    print('left')


def many(rounds):
    caught = []
    total = 0
    for i in range(rounds):
        try:
            if i % 50 == 49:
                raise ValueError('every fifty')
            total += i // (i % 37)
        except ZeroDivisionError as error:
            caught.append(error)
        except ValueError as error:
            total -= 1
            caught.append(error.with_traceback(None))
    return total, len(caught), [sys.getrefcount(e) for e in caught[:2]], [
        e.__traceback__ and e.__traceback__.tb_lineno for e in caught
    ]


print(many(150))


def nested(rounds):
    path = []
    for i in range(rounds):
        try:
            try:
                for j in range(5):
                    if j == i % 6:
                        raise KeyError(j)
                else:
                    path.append('else')
            except KeyError as error:
                if error.args[0] > 2:
                    raise RuntimeError('again') from error
                continue
            finally:
                path.append(i)
        except RuntimeError as error:
            path.append(error.__cause__)
            if i > 90:
                break
    return len(path), path[:9], path[-3:]


print(nested(100))
