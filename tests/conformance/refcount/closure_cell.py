import sys
def outer():
    x = []
    def inner():
        return sys.getrefcount(x)
    print(inner(), sys.getrefcount(x))
    return inner
inner = outer()
print(inner(), sys.getrefcount(inner.__closure__[0].cell_contents))
