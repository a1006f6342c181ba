import gc
def outer():
    def inner(n):
        return inner(n - 1) if n else 0
    return inner(3)
outer()
print(gc.collect())
def outer2():
    f = lambda: f
outer2()
print(gc.collect())
