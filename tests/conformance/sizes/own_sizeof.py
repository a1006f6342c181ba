# sys.getsizeof asks __sizeof__ and checks what it says.
import sys


class Sized:
    def __init__(self, n):
        self.n = n

    def __sizeof__(self):
        return self.n


print(sys.getsizeof(Sized(1000)) - sys.getsizeof(Sized(0)), object.__sizeof__(5) > 0)
for bad in ('text', -1, 2.5, None):
    try:
        print(sys.getsizeof(Sized(bad)))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(sys.getsizeof(Sized('text'), 'default'))
try:
    print(sys.getsizeof(Sized(-1), 'default'))
except ValueError as error:
    print(error)
print((5).__sizeof__() == sys.getsizeof(5), [].__sizeof__() < sys.getsizeof([]))
print(sys.getsizeof('a' * 11) - sys.getsizeof('a' * 10), sys.getsizeof(b'x' * 20) - sys.getsizeof(b''))
print(sys.getsizeof('é' * 11) - sys.getsizeof('é' * 10), sys.getsizeof('€' * 11) - sys.getsizeof('€' * 10))
print(sys.getsizeof('😀' * 11) - sys.getsizeof('😀' * 10))
