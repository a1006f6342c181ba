def loop(n, m):
    s = 0
    i = 0
    while i < n:
        j = 0
        while j < m:
            s = (s + i * j) & 1048575
            j = j + 1
        i = i + 1
    return s


print(loop(500, 1000))
