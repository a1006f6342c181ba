# Who holds an object while its __repr__ runs: repr() of a container holds each item, or borrows it.
import sys


class Counting:
    def __repr__(self):
        return f'count {sys.getrefcount(self)}'


c = Counting()
print([c], (c,), {1: c}, {c})
print([c, c], [[c]], {'k': [c]})
print(sorted([c, c], key=id))
print(sys.flags.n_fields, sys.flags.n_sequence_fields, sys.flags.n_unnamed_fields, sys.version_info.n_fields)
Version = type(sys.version_info)
match sys.version_info:
    case Version(major, _):
        print(major)
