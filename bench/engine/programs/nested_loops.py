# Integer arithmetic in nested loops, with while and with range.
def collatz(limit):
    longest = 0
    for start in range(1, limit):
        n = start
        steps = 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def grid(n):
    s = 0
    for i in range(n):
        for j in range(n):
            if (i + j) % 3 == 0:
                s += i * j
            elif i > j:
                s -= j
            else:
                s ^= i
    return s


print(collatz(9000), grid(800))
