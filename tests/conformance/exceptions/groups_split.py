# except* splits a group: each handler gets a new group with the same leaves, and what is left goes on.
import sys


def leaves(group):
    for e in group.exceptions:
        if isinstance(e, BaseExceptionGroup):
            yield from leaves(e)
        else:
            yield e


value, key, os_error = ValueError('v'), KeyError('k'), OSError('o')
group = ExceptionGroup('all', [value, ExceptionGroup('inner', [key, os_error]), TypeError('t')])
try:
    try:
        raise group
    except* (ValueError, KeyError) as part:
        print('first', part.message, [type(e).__name__ for e in leaves(part)], part is group)
        print([e in (value, key) for e in leaves(part)])
    except* OSError as part:
        print('second', [type(e).__name__ for e in leaves(part)], part.exceptions[0].message)
        raise RuntimeError('in handler')
except ExceptionGroup as rest:
    print(rest.message, [type(e).__name__ for e in leaves(rest)])
    print([repr(e.__context__)[:22] for e in leaves(rest)])
match, rest = group.split(OSError)
print(match, rest, sep='\n')
print(group.subgroup(lambda e: isinstance(e, KeyError)), group.subgroup(ZeroDivisionError))
print(group.derive([value]).exceptions, group.exceptions[0] is value, sys.getrefcount(os_error))
try:
    raise ValueError('naked')
except* ValueError as part:
    print(repr(part))
try:
    ExceptionGroup('empty', [])
except ValueError as error:
    print(error)
try:
    ExceptionGroup('bad', [5])
except ValueError as error:
    print(error)
try:
    ExceptionGroup('base', [KeyboardInterrupt()])
except TypeError as error:
    print(error)
print(type(BaseExceptionGroup('x', [value])).__name__)


class MyGroup(ExceptionGroup):
    def derive(self, excs):
        return MyGroup(self.message + '!', excs)


mine = MyGroup('mine', [value, key])
mine.add_note('noted')
a, b = mine.split(ValueError)
print(repr(a), repr(b), a.__notes__, a.__notes__ is mine.__notes__)
