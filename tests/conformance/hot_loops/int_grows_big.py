# Sums and products leave the small ints, then 30, 60 and 64 bits, inside one loop.
def grow(rounds):
    total = 0
    product = 1
    shifted = 3
    low = -1
    for i in range(rounds):
        total += i * i
        if i % 7 == 0:
            product *= 13
        shifted = (shifted << 1) ^ i
        low = low * 2 + (i & 1)
        if shifted > 1 << 90:
            shifted >>= 80
        if i % 40 == 39:
            print(i, total, product, shifted, low, total // 7, -total % 11, low // 3)
    return total, product, shifted, low


print(grow(200))


def around(limit):
    n = limit - 90
    seen = []
    while n < limit + 90:
        n += 1
        m = n + 1 - 1
        if m != n:
            print('differs', n)
        if n - limit in (-1, 0, 1):
            seen.append((n, -n, n * n, n // 2, n % 1000, n >> 3, n & 0xFFFF, n == limit))
    return seen


for power in (30, 31, 32, 53, 60, 62, 63, 64):
    for row in around(1 << power):
        print(power, *row)


def mixed(rounds):
    value = 2 ** 29
    hashes = 0
    for i in range(rounds):
        value = value + value if value < 2 ** 70 else value // 2 ** 45
        hashes ^= hash(i) ^ hash(-i)
    return value, hashes % 1000003


print(mixed(500))
