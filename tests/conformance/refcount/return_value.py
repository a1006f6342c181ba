import sys
kept = []
def give():
    return kept
print(sys.getrefcount(give()), sys.getrefcount(kept))
def make():
    x = []
    return x
print(sys.getrefcount(make()))
y = make()
print(sys.getrefcount(y))
def local():
    z = make()
    w = give()
    print(sys.getrefcount(z), sys.getrefcount(w))
local()
