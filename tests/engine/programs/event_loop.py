# asyncio: tasks, waiting, cancelling, queues, and what a task holds.
import asyncio
import sys
import weakref

log = []


class Box:
    pass


async def work(name, delay, box=None):
    log.append(f'{name} starts')
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        log.append(f'{name} cancelled')
        raise
    log.append(f'{name} ends')
    return name


async def ticker(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)


async def main():
    print(await asyncio.gather(work('a', 0.02), work('b', 0.01)))
    print(log)
    log.clear()
    task = asyncio.create_task(work('c', 10), name='the task')
    await asyncio.sleep(0)
    print(task.get_name(), task.done())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('cancelled', task.cancelled(), log)
    try:
        async with asyncio.timeout(0.01):
            await work('d', 10)
    except TimeoutError as e:
        print('timeout', repr(e))
    queue = asyncio.Queue(1)

    async def produce():
        for i in range(3):
            await queue.put(i)
        await queue.put(None)

    async def consume():
        got = []
        while (x := await queue.get()) is not None:
            got.append(x)
        return got

    async with asyncio.TaskGroup() as group:
        group.create_task(produce())
        consumer = group.create_task(consume())
    print(consumer.result())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(work('e', 10))
    except* ValueError as eg:
        print(eg.exceptions)
    print([x async for x in ticker(3)])
    lock = asyncio.Lock()
    async with lock:
        print(lock.locked())
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, event.set)
    await event.wait()
    done, pending = await asyncio.wait([asyncio.create_task(work('f', 0.01)), asyncio.create_task(work('g', 5))],
                                       return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    for t in pending:
        t.cancel()
    box = Box()
    ref = weakref.ref(box)
    task = asyncio.create_task(work('h', 0.01, box))
    del box
    print(ref() is not None)
    await task
    print(ref() is None)
    return 'finished'


async def fail():
    raise ValueError('in a group')


print(asyncio.run(main()))
