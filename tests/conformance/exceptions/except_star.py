# except*: splitting a group among clauses, what is raised in the end, and the counts on the way.
import sys


def kinds(exc):
    if isinstance(exc, BaseExceptionGroup):
        return [type(exc).__name__, str(exc), [kinds(e) for e in exc.exceptions]]
    return repr(exc)


def depth(exc):
    n = 0
    tb = exc.__traceback__
    while tb is not None:
        n += 1
        tb = tb.tb_next
    return n


try:
    raise ExceptionGroup('one', [ValueError(1), TypeError(2), ExceptionGroup('two', [ValueError(3), OSError(4)])])
except* ValueError as group:
    print('values', kinds(group), depth(group))
except* TypeError as group:
    print('types', kinds(group), sys.getrefcount(group))
except* OSError:
    print('os', kinds(sys.exception()))

try:
    try:
        raise ExceptionGroup('left over', [ValueError(1), KeyError(2)])
    except* ValueError as group:
        print(kinds(group))
except ExceptionGroup as rest:
    print('rest', kinds(rest), depth(rest), rest.__context__)

try:
    raise ValueError('naked')
except* ValueError as group:
    print(kinds(group), depth(group), depth(group.exceptions[0]))

try:
    try:
        raise KeyError('not matched')
    except* ValueError:
        print('never')
except KeyError as e:
    print(repr(e), depth(e))

try:
    try:
        raise ExceptionGroup('in', [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise RuntimeError('from a clause')
    except* TypeError as group:
        raise
except ExceptionGroup as e:
    print(kinds(e))
    for part in e.exceptions:
        print(repr(part), depth(part), repr(part.__context__))

try:
    try:
        raise ExceptionGroup('in', [ValueError(1)])
    except* ValueError as group:
        raise KeyError('only') from None
except BaseException as e:
    print(kinds(e), e.__suppress_context__)


def handled():
    try:
        raise ExceptionGroup('x', [ValueError(1), TypeError()])
    except* (ValueError, TypeError) as group:
        return_later = group
    else:
        print('no')
    finally:
        print('finally', sys.exception())
    return sys.getrefcount(return_later)


print(handled())

for wrong in (ExceptionGroup, 42, (ValueError, BaseExceptionGroup), (int,)):
    try:
        try:
            raise ExceptionGroup('x', [ValueError(1)])
        except* wrong:
            print('never')
    except TypeError as e:
        print(e, '|', repr(e.__context__))


class Mine(ExceptionGroup):
    def derive(self, excs):
        return Mine(self.message, excs)


class Odd(ExceptionGroup):
    def split(self, condition):
        return [1]


class Short(ExceptionGroup):
    def split(self, condition):
        return (None,)


try:
    try:
        raise Mine('mine', [ValueError(1), TypeError(2)])
    except* ValueError as group:
        print(kinds(group))
except Mine as e:
    print(kinds(e), e.__notes__ if hasattr(e, '__notes__') else None)
for cls in (Odd, Short):
    try:
        try:
            raise cls('odd', [OSError(1)])
        except* ValueError:
            pass
    except Exception as e:
        print(type(e).__name__, e)

for n in range(3):
    try:
        if n:
            raise ExceptionGroup('loop', [ValueError(n)])
    except* ValueError as group:
        print('loop', n, kinds(group))
    else:
        print('else', n)

try:
    raise BaseExceptionGroup('base', [KeyboardInterrupt(), ValueError(5)])
except* KeyboardInterrupt as group:
    print(type(group).__name__)
except* ValueError as group:
    print(type(group).__name__)
print(sys.exception())
