# Lists: appended to, indexed, sliced, sorted, filtered by comprehensions, used as stack and queue.
def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            flags[i * i :: i] = [False] * len(range(i * i, n + 1, i))
        i += 1
    return [i for i, flag in enumerate(flags) if flag]


def shuffle(items):
    state = 12345
    for i in range(len(items) - 1, 0, -1):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        j = state % (i + 1)
        items[i], items[j] = items[j], items[i]
    return items


def run(rounds):
    total = 0
    for r in range(rounds):
        numbers = shuffle(list(range(800)))
        total += numbers[r]
        numbers.sort()
        total += numbers[r] + len(sieve(2000))
        stack = []
        for x in numbers:
            stack.append(x)
            if x % 5 == 0:
                stack.pop()
        halves = stack[: len(stack) // 2] + stack[len(stack) // 2 :]
        total += sum(halves) + max(halves)
        total += len([x for x in halves if x & 1]) + halves.index(halves[-1])
        rows = [[x * y for x in range(10)] for y in range(20)]
        total += sum(sum(row) for row in rows)
        total &= 0xFFFFFFF
    return total


print(run(250))
