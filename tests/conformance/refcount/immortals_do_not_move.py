import sys
before = sys.getrefcount(None), sys.getrefcount(7)
kept = [None] * 1000 + [7] * 1000
print(before == (sys.getrefcount(None), sys.getrefcount(7)))
del kept
print(before == (sys.getrefcount(None), sys.getrefcount(7)))
