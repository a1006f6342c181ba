# Coroutines: awaiting, wrapping, closing; counts of what a suspended one holds.
import sys


class Pause:
    def __await__(self):
        return (yield 'pause')


async def leaf(box):
    box.append(await Pause())
    return box


async def middle(box):
    try:
        return await leaf(box)
    finally:
        print('middle done')


async def top(box):
    return await middle(box)


box = []
c = top(box)
print(type(c).__name__, c.cr_running, c.cr_suspended, c.cr_await, sys.getrefcount(box))
print(c.send(None), c.cr_suspended, type(c.cr_await).__name__, sys.getrefcount(box))
print(c.cr_await.cr_await.cr_await.gi_frame is not None)
try:
    c.send('sent')
except StopIteration as e:
    print(e.value, e.value is box)
print(c.cr_frame, sys.getrefcount(box), c.cr_await)
try:
    c.send(None)
except RuntimeError as e:
    print(e)

c = top(box)
c.send(None)
try:
    c.throw(ValueError('in'))
except ValueError as e:
    n = 0
    tb = e.__traceback__
    while tb:
        n += 1
        tb = tb.tb_next
    print(repr(e), n)
c = top(box)
c.send(None)
print(c.close(), c.close())
try:
    c.throw(KeyError)
except RuntimeError as e:
    print(e)

# A wrapper, as __await__ gives it.
w = top(box).__await__()
print(type(w).__name__, iter(w) is w, next(w))
try:
    w.send(1)
except StopIteration as e:
    print(e.value is box)


class Manager:
    def __init__(self, name, swallow):
        self.name = name
        self.swallow = swallow

    async def __aenter__(self):
        print('enter', self.name)
        return self

    async def __aexit__(self, kind, value, tb):
        print('exit', self.name, kind)
        return self.swallow


async def managed():
    async with Manager('a', False) as a, Manager('b', True) as b:
        print(a.name, b.name, sys.getrefcount(a))
        raise KeyError
    async with Manager('c', False):
        return 'returned'


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value


print(run(managed()))


async def again(other):
    await other


shared = leaf([])
shared.send(None)
try:
    run(again(shared))
except RuntimeError as e:
    print(e)
shared.close()


def old_style():
    yield 1


async def wrong(x):
    await x


for x in (1, old_style()):
    try:
        run(wrong(x))
    except TypeError as e:
        print(e)


async def deep(n):
    return 0 if n == 0 else 1 + await deep(n - 1)


print(run(deep(400)))
sys.set_coroutine_origin_tracking_depth(2)


def make():
    return deep(0)


made = make()
print([(line, name) for _, line, name in made.cr_origin], sys.get_coroutine_origin_tracking_depth())
made.close()
sys.set_coroutine_origin_tracking_depth(0)
