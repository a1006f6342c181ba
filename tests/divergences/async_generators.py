# category: language
# description: A function with both async and yield cannot be called.
# cause: Not written yet. Coroutines are there.
# workaround: A coroutine that returns a list.
# cpython: 1
# heapbook: NotImplementedError: async generators are not supported yet
async def numbers():
    yield 1


async def main():
    async for n in numbers():
        print(n)


try:
    main().send(None)
except StopIteration:
    pass
