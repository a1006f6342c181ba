"""doc"""
import os, sys as s
from a.b import c as d
def f(a, b=1, *args, k=2, **kw):
    """d"""
    x = [1, 2, 3]
    for i in x:
        if i > 2: continue
        print(i, end='')
    else:
        y = {i: j for i, j in kw.items() if j}
    while a:
        try:
            a -= 1
        except ValueError as e:
            break
        finally:
            print('x')
    with open('x') as g:
        return g.read()
    def h(): return a + b
    return f'{a!r:>{b}} {x}' + 'a' 'b' if a and b or x else None
class C(object, metaclass=type):
    z = 1
    def __init__(self): self.q = super().__init__()
    def gen(self):
        yield from self.q
        x = yield 1
        return x
async def co(a):
    async with a as b:
        await b
    async for i in a:
        pass
    return [x async for x in a]
x: int = 3
lambda q: q + 1
