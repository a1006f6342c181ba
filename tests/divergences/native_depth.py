# category: limits
# description: Calls that alternate between native code and Python end at a depth of about 120 in a browser.
# cause: Each such level needs JavaScript's own stack, which is small in a browser's worker. Calls of Python functions
#   by Python functions need none and go as deep as sys.getrecursionlimit() says, and so do generators.
# workaround: A loop, or plain calls. The command line has a larger stack, and with it CPython's depth.
# cpython: 200
# heapbook: RecursionError: maximum recursion depth exceeded while calling a Python object
def nest(depth):
    return max([depth], key=lambda x: depth == 200 or nest(depth + 1))


nest(0)
print(200)
