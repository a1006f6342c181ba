async def aco():
    async with a as b, c as d: return e
    async for x in y:
        async with a: continue
    else: z
    l = [x async for x in y if await z]; s = {await x for x in y}; d = {x: await y async for x, y in z}; g = (x async for x in y); h = [[x async for x in y] for z in w]
    return await a
async def agen():
    x = yield 1
    async for z in q: yield z
    yield
