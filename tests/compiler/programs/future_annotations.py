from __future__ import annotations
def f(a: int | str = 1, *b: (1, 2), c: lambda x, /, y=1, *z, w=2, **k: x + y if z else not w) -> {1: 2, **d}: pass
class C:
    x: list[int, ...] = 1; y: "str"; z: f"{a!r:>{w}} {{b}}"; w: -1 ** 2 + (a or b and c) * 3; u: [i for i in j if k]; t: a.b.c(1, *d, e=2, **g)[1:2, ::3]; r: 1 .real; q: b'ab\x00' if 0 else u'y'; p: (yield_)
    def g(self): z: notdefined = 1
y: not a < b <= c is not d; z: (x for x in y); zz: f(x for x in y); zzz: {x: y for x in y}; e: ~-+a; g: 1e400; h: (1,); i: (); j: {*a}; k: a @ b // c % d << e >> f | g & h ^ i; l: 1.5j; m: x if (y if z else w) else v; n: (a, b)[c, d]; p: a[b, *c]; q: 'it\'s "x"'; r: (lambda: 0)(); s: await_ ** -b; t: (-a) ** b
