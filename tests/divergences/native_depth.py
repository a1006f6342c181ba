# category: limits
# description: Calls that alternate between native code and Python end at a depth of 120, reprs of nested lists too.
# cause: Each such level needs JavaScript's own stack, which is small in a browser's worker. Calls of Python functions
#   by Python functions need none and go as deep as sys.getrecursionlimit() says.
# workaround: A loop, or plain calls.
# cpython: 302
# heapbook: RecursionError: maximum recursion depth exceeded while getting the repr of an object
def nest(depth):
    return [] if depth == 0 else [nest(depth - 1)]


print(len(repr(nest(150))))
