import sys
print(sys.getrefcount([]), sys.getrefcount({}), sys.getrefcount(object()), sys.getrefcount((1, [])))
def f():
    return sys.getrefcount([])
print(f())
