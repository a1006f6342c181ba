# category: language
# description: compile(…, optimize=1) keeps assert statements, and __debug__ stays True.
# cause: The compiler has one level, that of python without -O.
# workaround: The CPython kernel.
# cpython: False
# heapbook: True
print(eval(compile('__debug__', 'f', 'eval', optimize=1)))
