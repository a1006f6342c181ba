def gen(x):
    y = yield from x
    z = (yield), (yield 1)
    for i in x:
        try: yield i
        except A: pass
    return y
