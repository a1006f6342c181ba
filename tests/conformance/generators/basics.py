def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return 'done'
g = count(2)
print(next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print(e.value)
print(list(count(3)), next(g, 'exhausted'), iter(g) is g, type(g).__name__)
