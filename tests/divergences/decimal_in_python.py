# category: standard library
# description: The module decimal is written in Python: messages call the class Decimal, not decimal.Decimal.
# cause: CPython's own is a library in C; ours is a module in Python, as CPython's _pydecimal is.
# workaround: None is needed.
# cpython: unsupported operand type(s) for +: 'decimal.Decimal' and 'float'
# heapbook: unsupported operand type(s) for +: 'Decimal' and 'float'
import decimal

try:
    decimal.Decimal(1) + 1.5
except TypeError as e:
    print(e)
