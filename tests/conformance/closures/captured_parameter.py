def outer(a, *rest, k=1):
    def inner():
        return a, rest, k
    a += 1
    return inner
print(outer(1, 2, 3, k=4)())
