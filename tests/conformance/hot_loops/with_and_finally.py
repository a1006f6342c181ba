# with, finally, break, continue and return inside hot loops; managers that swallow, and that raise.
class Manager:
    entered = left = 0

    def __init__(self, swallow=False, fail=None):
        self.swallow, self.fail = swallow, fail

    def __enter__(self):
        Manager.entered += 1
        if self.fail == 'enter':
            raise OSError('enter')
        return self

    def __exit__(self, kind, value, tb):
        Manager.left += 1
        if self.fail == 'exit':
            raise OSError('exit')
        return self.swallow


def run(rounds):
    trail = []
    for i in range(rounds):
        with Manager(swallow=True) as m:
            if i % 4 == 1:
                continue
            if i % 4 == 2:
                raise ValueError(i)
            if i == rounds - 2:
                break
            trail.append(i)
        if i % 4 == 2:
            trail.append(-i)
    return len(trail), trail[-3:], Manager.entered - Manager.left


print(run(150))


def failing(rounds):
    seen = {}
    for i in range(rounds):
        how = (None, None, None, 'enter', 'exit')[i % 5] if i > 80 else None
        try:
            with Manager(fail=how), Manager():
                if i % 7 == 0:
                    raise KeyError(i)
        except (OSError, KeyError) as error:
            key = type(error).__name__, str(error)[:5], type(error.__context__).__name__
            seen[key] = seen.get(key, 0) + 1
    return seen


for item in failing(150).items():
    print(item)


def finally_wins(rounds):
    def inner(n):
        for k in range(3):
            try:
                if n % 3 == k:
                    return 'try', k
            finally:
                if n % 5 == 0:
                    break
        else:
            return 'else'
        return 'broke'

    counts = {}
    for n in range(rounds):
        r = inner(n)
        counts[r] = counts.get(r, 0) + 1
    return counts


print(finally_wins(90))


def generator_with(rounds):
    with Manager() as m:
        for i in range(rounds):
            try:
                yield i
            finally:
                m.last = i


before = Manager.left
for n in generator_with(200):
    if n == 120:
        break
print(Manager.left - before)
g = generator_with(100)
for n in g:
    pass
print(Manager.left - before)
