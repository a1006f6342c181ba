# Code objects in bytes, by position and put together anew.
def f(a, b=1, *c, d, **e):
    "doc é"
    try:
        x = [é.foo for é in a if b]
        for i in range(
            10): print(i + x[0] *
              3)
    except (ValueError, TypeError) as err:
        raise
    finally:
        with a as q: yield x
    return lambda: a
async def g(x):
    async for y in x: await y
class C:
    x: int = 1
    def m(self): return super().m()
def walk(c):
    yield c
    for k in c.co_consts:
        if hasattr(k, 'co_code'): yield from walk(k)
for c in [*walk(f.__code__), *walk(g.__code__), *walk(C.m.__code__)]:
    print(c.co_name, c.co_code.hex(), c.co_linetable.hex(), c.co_exceptiontable.hex())
    print(list(c.co_positions())[:20], list(c.co_lines()))
    print(c.replace(co_name='z') == c, c == c.replace(), hash(c)==hash(c.replace()), c.replace(co_flags=c.co_flags|1).co_flags)
    r = c.replace(co_code=c.co_code, co_linetable=c.co_linetable, co_exceptiontable=c.co_exceptiontable, co_consts=c.co_consts)
    print(r == c, list(r.co_positions()) == list(c.co_positions()), r.co_code == c.co_code)
def h(x): return x + 1000
k = h.__code__.replace(co_consts=(h.__code__.co_consts[0], 5) if len(h.__code__.co_consts)>1 else (5,))
print(eval(k.replace(co_name='k'), {}) if False else type(h)(k, {})(1))
