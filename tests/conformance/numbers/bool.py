print(True, False, True + 1, str(True), repr(False), int(True), bool('x'), bool(0.0), True and 1, isinstance(True, int))
print(True & False, True | 1, True ^ True, ~0, not 1, True == 1, True is True, sum([True, True]), [10, 20][True])
print(type(True & True).__name__, type(True + True).__name__, type(True & 1).__name__)
