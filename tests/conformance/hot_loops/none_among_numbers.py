# A list of numbers has a None in it, late; the loop goes on after the handler.
def careful(values):
    total = 0
    misses = 0
    for value in values:
        try:
            total += value
        except TypeError as error:
            misses += 1
            last = str(error)
        else:
            last = None
    return total, misses, last


values = list(range(200))
values[130] = None
values[180] = 'text'
print(careful(values))
values.append(None)
print(careful(values))


def default(values, fallback=None):
    total = 0
    for value in values:
        total += value if value is not None else fallback
    return total


print(default([None] * 10 + list(range(100)), 5))
try:
    default(list(range(100)) + [None])
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_frame.f_locals['total'])


def compare(values):
    best = values[0]
    count = 0
    for value in values:
        count += 1
        if value > best:
            best = value
    return best, count


print(compare(list(range(100)) + [50.5, 10**30, True]))
for bad in (None, 'a', [], 1j):
    try:
        print(compare(list(range(100)) + [bad]))
    except TypeError as error:
        print(error)
