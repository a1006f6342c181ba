from __future__ import generator_stop
import a.b.c, d.e as f
class _P__: __x = 1
@deco
@deco2(1)
class Q: "doc"; x = 1
@deco
async def r(a, /, b, *, c): "doc"; pass
with a: pass
with (a as b, c as d): x
x: int
y.z: int
y[0]: str = 3
if a: w: int = 4
