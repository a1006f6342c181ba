# What may not be awaited, iterated or entered.


async def co():
    pass


async def bad(x):
    await x
for x in (1, 'a'):
    try: bad(x).send(None)
    except TypeError as e: print(e)
class W:
    def __await__(self): return 1
made = co()
made.send if False else None


class W2:
    def __await__(self):
        return made
for x in (W(), W2()):
    try: bad(x).send(None)
    except TypeError as e: print(e)
async def bf(x):
    async for y in x: pass
async def bw(x):
    async with x: pass
class I:
    def __aiter__(self): return 1
class I2:
    def __aiter__(self): return self
    def __anext__(self): return 1
for x in (1, I(), I2()):
    try: bf(x).send(None)
    except TypeError as e: print(e, repr(e.__cause__))
class C:
    def __aenter__(self): return 1
class C2(C):
    def __aexit__(self, *a): return 1
class C3(C):
    async def __aenter__(self): return 1
    def __aexit__(self, *a): return 1
for x in (1, C(), C2(), C3()):
    try: bw(x).send(None)
    except TypeError as e: print(e, repr(e.__cause__))
for f, a in ((aiter, (1,)), (anext, (1,)), (aiter, (I(),))):
    try: f(*a)
    except TypeError as e: print(e)
made.close()
