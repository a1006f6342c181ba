import sys
def show(a):
    return sys.getrefcount(a)
x = []
print(show(x), show([]), show(a=x))
