# ExitStack, closing, suppress, nullcontext and contextmanager: order, exceptions, and what stays alive.
import contextlib
import sys


@contextlib.contextmanager
def step(name, swallow=False):
    print('enter', name)
    try:
        yield name.upper()
    except Exception as error:
        print(name, 'sees', repr(error))
        if not swallow:
            raise
    finally:
        print('leave', name)


with contextlib.ExitStack() as stack:
    names = [stack.enter_context(step(n)) for n in 'ab']
    stack.callback(print, 'callback', 1, sep='-')
    stack.push(lambda kind, value, tb: print('pushed', kind))
    print(names)
try:
    with contextlib.ExitStack() as stack:
        stack.enter_context(step('x', swallow=True))
        stack.enter_context(step('y'))
        raise ValueError('body')
finally:
    print('after')
stack = contextlib.ExitStack()
stack.enter_context(step('kept'))
moved = stack.pop_all()
stack.close()
print('closed the empty one')
moved.close()
with contextlib.suppress(KeyError, IndexError):
    [][0]
print('suppressed')


class Thing:
    def close(self):
        print('closing')


with contextlib.closing(Thing()) as thing:
    print(sys.getrefcount(thing))
with contextlib.nullcontext(5) as five, contextlib.redirect_stdout(None):
    pass
print(five)


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


try:
    with twice():
        pass
except RuntimeError as error:
    print(error)


@contextlib.contextmanager
def never():
    if False:
        yield


try:
    with never():
        pass
except RuntimeError as error:
    print(error)


@step('as decorator')
def decorated():
    print('inside')


decorated()
decorated()
