# Lists, dicts and sets change under the loop that walks them, after many quiet rounds.
def growing(limit):
    items = [0]
    for n in items:
        if len(items) < limit:
            items.append(n + 1)
    return len(items), items[-1]


def shrinking(count):
    items = list(range(count))
    seen = []
    for n in items:
        seen.append(n)
        if n % 3 == 0:
            items.remove(n)
    return len(seen), seen[-3:], len(items)


def cleared(count):
    items = list(range(count))
    walked = 0
    for n in items:
        walked += 1
        if n == 90:
            items.clear()
    for n in items:
        walked += 1000
    return walked


def dict_grows(count):
    table = {i: i for i in range(count)}
    walked = 0
    try:
        for key in table:
            walked += 1
            if key == 90:
                table['new'] = 1
    except RuntimeError as error:
        return walked, str(error)


def dict_keys_change(count):
    table = {i: i for i in range(count)}
    walked = 0
    try:
        for key in table:
            walked += 1
            if key == 80:
                del table[key]
                table[key, 'other'] = 1
    except RuntimeError as error:
        return walked, str(error)
    return walked, 'no error'


def dict_values_change(count):
    table = {i: i for i in range(count)}
    for key, value in table.items():
        table[key] = value * 2
        table[(key + 1) % count] += 1
    return sum(table.values())


def set_grows(count):
    items = set(range(count))
    walked = 0
    try:
        for n in items:
            walked += 1
            items.discard(n)
            items.add(n)
            if n == 80:
                items.add(-1)
    except RuntimeError as error:
        return walked, str(error)


def replaced(count):
    items = list(range(count))
    seen = 0
    for n in items:
        seen += n
        items = [1, 2, 3]
    return seen, items


def reversed_walk(count):
    items = list(range(count))
    seen = []
    for n in reversed(items):
        seen.append(n)
        if len(items) > 20 and n % 2:
            items.pop()
    return len(seen), seen[:4], seen[-1], len(items)


def slices(count):
    items = list(range(count))
    for i in range(count):
        items[i:i + 2] = [i] if i % 2 else [i, i, i]
    return len(items), items[:8], items[-4:]


print(growing(150), shrinking(120), cleared(120))
print(dict_grows(120), dict_keys_change(120), dict_values_change(100))
print(set_grows(120), replaced(100), reversed_walk(100))
print(slices(100))
