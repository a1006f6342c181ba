# Asynchronous generators: what they yield, how they are closed, and who counts on the way.
import gc
import sys


def run(coroutine):
    """Drives a coroutine to its end; what it sends out is printed."""
    try:
        while True:
            print('out', coroutine.send(None))
    except StopIteration as e:
        return e.value


class Pause:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        got = yield self.name
        return got


async def numbers(n, log):
    try:
        for i in range(n):
            log.append(i)
            got = yield i
            if got is not None:
                print('got', got)
            await Pause(f'pause {i}')
    finally:
        print('finally', log)


async def main():
    log = []
    async for x in numbers(2, log):
        print('item', x, sys.getrefcount(log))
    print([x async for x in numbers(3, []) if x], {x: -x async for x in numbers(2, [])})
    print(await collect(x * 2 async for x in numbers(2, [])))

    g = numbers(5, log)
    print(g.ag_running, g.ag_suspended, g.ag_frame is not None, sys.getrefcount(g))
    print(await g.asend(None))
    print(await g.asend('hi'), g.ag_suspended, sys.getrefcount(g))
    try:
        await g.athrow(ValueError('thrown'))
    except ValueError as e:
        print(repr(e))
    print(g.ag_frame, await anext(g, 'default'))
    try:
        await anext(g)
    except StopAsyncIteration as e:
        print(repr(e))

    h = numbers(3, [])
    await anext(h)
    await h.aclose()
    print(h.ag_frame, g.ag_await)
    return 'end'


async def collect(it):
    return [x async for x in it]


print(run(main()))


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def check():
    g = stubborn()
    await g.asend(None)
    try:
        await g.aclose()
    except RuntimeError as e:
        print(e)
    for wrong in (StopIteration, StopAsyncIteration):

        async def bad():
            raise wrong
            yield

        try:
            await anext(bad())
        except RuntimeError as e:
            print(e, repr(e.__cause__))
    g = numbers(1, [])
    one = g.asend(None)
    try:
        one.send(None)
    except StopIteration as e:
        print('value', e.value)
    try:
        one.send(None)
    except RuntimeError as e:
        print(e)
    try:
        g.asend(5).throw(KeyError('k'))
    except KeyError as e:
        print(repr(e))
    try:
        numbers(1, []).asend(5).send(None)
    except TypeError as e:
        print(e)


run(check())


# Hooks: an event loop learns of a generator's first step, and of its end.
def first(g):
    print('first', type(g).__name__, g.__name__)


def last(g):
    print('last', g.__name__, sys.getrefcount(g) - 2)


old = sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(first, last)
print(sys.get_asyncgen_hooks().firstiter is first)


async def forgotten():
    yield 1
    yield 2


async def forget():
    async for x in forgotten():
        print(x)
        break


run(forget())
sys.set_asyncgen_hooks(*old)
print(sys.get_asyncgen_hooks())


# A cycle through a suspended asynchronous generator.
class Node:
    def __del__(self):
        print('node gone')


async def holder(node):
    node.me = holder_
    yield node


node = Node()
holder_ = holder(node)
run(anext(holder_).__await__()) if False else None
step = anext(holder_)
try:
    step.send(None)
except StopIteration as e:
    print(e.value is node)
    del e
del step, holder_, node
print(gc.collect())
