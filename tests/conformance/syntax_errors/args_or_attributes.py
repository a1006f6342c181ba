# What is in args of a SyntaxError, and what only in its attributes.
for s in ('from __future__ import doesnt_exist','from __future__ import braces','x=1\nfrom __future__ import division','def f(x):\n global x','def f(x,x): pass','nonlocal x','def f():\n x=1\n global x','return 1','def f():\n def g():\n  nonlocal y','break','class A:\n  return','await x','def f(): yield\nx = [(yield) for a in b]','[x:=1 for x in y]','def f[T, T](): pass','lambda: (yield)', 'import a.b as c, d\nfrom x import *\ndef f():\n from x import *','x: int = 3\nglobal x','def f():\n  x: int\n  global x','*a = 1', 'f(**a, *b)','del f()', 'class A:\n [x for x in (y := 1)]','async def f():\n yield 1\n return 2','match x:\n case a: pass\n case b: pass','match x:\n case (a, a): pass','try: pass\nexcept: pass\nexcept A: pass', '__debug__ = 1','def f(__debug__): pass', 'type X = (yield)', 'def f(a: (yield)): pass', 'a, *b, *c = x', 'with open(x) as 1: pass', 'nonlocal x\ndef f(): pass', 'def f():\n global x, x\n nonlocal x'):
    try:
        compile(s, "f", "exec")
        print(repr(s), "fine")
    except SyntaxError as e:
        print(e.lineno,e.offset,e.end_lineno,e.end_offset,repr(e.text),e.args, e.filename)
