# Chains of `yield from` that are resumed often: what is sent, thrown, closed and handled in their middle; who dies when.
import sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): log.append(('del', self.n))
log = []
def inner(n, fail):
    d = D(n)
    try:
        for i in range(n):
            got = yield (n, i)
            if got is not None: log.append(('got', n, got))
            if fail and i == fail: raise KeyError(i)
    except ValueError as e:
        log.append(('caught', n, str(e)))
        yield 'after'
    finally:
        log.append(('fin', n))
    return n * 10
def chain(depth, n, fail):
    if depth == 0:
        r = yield from inner(n, fail)
    else:
        try:
            r = yield from chain(depth - 1, n, fail)
        except KeyError as e:
            if depth == 2:
                log.append(('handled', depth, e.args, sys.getrefcount(e)))
                r = yield from chain(0, 2, 0)
            else: raise
    return r + 1
def top(depth, n, fail):
    x = yield from chain(depth, n, fail)
    log.append(('x', x))
    y = yield from chain(1, 3, 0)
    return x, y
for rep in range(10):
    for depth in (0, 1, 2, 3, 5):
        for fail in (0, 2):
            g = top(depth, 4, fail)
            out = []
            try:
                out.append(next(g))
                k = 0
                while True:
                    k += 1
                    out.append(g.send(k) if k % 3 == 0 else next(g))
                    if k == 3 and depth == 3: out.append(g.throw(ValueError('t')))
            except StopIteration as s: out.append(('stop', s.value))
            except KeyError as e:
                tb = e.__traceback__; names = []
                while tb: names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno)); tb = tb.tb_next
                out.append(('key', e.args, names))
            if rep in (0, 9): print(depth, fail, out, log)
            log.clear()
    g = top(3, 5, 0); next(g); next(g); g.close()
    g = top(3, 5, 0); next(g); next(g); del g
    if rep in (0, 9): print(log)
    log.clear()
    # somebody else goes on with the inner one
    i = inner(5, 0)
    def d(): 
        r = yield from i
        return r
    def dd():
        r = yield from d()
        return r
    g = dd(); a = [next(g), next(i), next(g)]
    i.close()
    try: next(g)
    except StopIteration as s: a.append(s.value)
    if rep in (0, 9): print(a, log)
    log.clear()
    def rec():
        yield 1
        yield from g2
    g2 = rec(); next(g2)
    try: next(g2)
    except ValueError as e: 
        if rep == 0: print(e)
    def deep(n):
        if n == 0:
            yield 1; yield 2
        else: yield from deep(n - 1)
    g = deep(60)
    if rep in (0, 9): print(list(g))
