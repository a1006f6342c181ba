def noisy(n):
    print('made', n)
    return n
g = (noisy(i) for i in range(3))
print('nothing yet')
print(next(g))
print(any(noisy(i) > 0 for i in range(5)))
print(list(g), list(g))
