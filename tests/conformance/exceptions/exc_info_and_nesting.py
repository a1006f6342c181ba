# sys.exc_info and sys.exception through nested handlers, functions, generators and finally.
import sys


def now():
    return repr(sys.exception())


def generator():
    yield now()
    try:
        raise KeyError('in generator')
    except KeyError:
        yield now()
        yield now()
    yield now()


print(now())
try:
    raise ValueError('outer')
except ValueError:
    print(now(), sys.exc_info()[0].__name__)
    g = generator()
    print(next(g), next(g), now())
    try:
        raise TypeError('inner')
    except TypeError as error:
        print(now(), repr(error.__context__))
        print(next(g), next(g))
    print(now())
    try:
        pass
    finally:
        print('finally', now())
print(now(), sys.exc_info())


def finally_sees():
    try:
        raise OSError('x')
    finally:
        print('unwinding', now())


try:
    finally_sees()
except OSError:
    print(now())


class Exit:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        print('exit', now(), args[1] is sys.exception())
        return True


with Exit():
    raise LookupError('swallowed')
print(now())


class D:
    def __del__(self):
        print('del sees', now())


try:
    raise ValueError('while deleting')
except ValueError:
    d = D()
    del d
try:
    raise
except RuntimeError as error:
    print(error)


def reraise():
    raise


try:
    try:
        raise KeyError('again')
    except KeyError:
        reraise()
except KeyError as error:
    print(repr(error), error.__context__)
