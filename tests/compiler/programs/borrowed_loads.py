def f(a, b):
    if b:
        a.x()
        from m import n
    if b:
        a.x()
        match b:
            case [1, *_, 2]: pass
            case {'k': v, **r}: return v
            case C(x=1, y=2) | D(x=2): return 4
    return n
async def g(a):
    if a:
        a.k
        async for i in a.y: break
        with a: yield 2

def stored(a):
    b = a
    a = b
    return a, b
def overwritten(a):
    return a, (a := 1)
def across(a, b):
    return [a, b if b else a]
def deleted(a):
    try: return a
    finally: del a
def text(a, b):
    return f"{a}" if b else f"{a}{b if a else b}"
