import sys
x = []
e = ValueError(x, x)
print(sys.getrefcount(x), sys.getrefcount(e), sys.getrefcount(e.args))
try:
    raise e
except ValueError as again:
    print(sys.getrefcount(x), again is e)
