import sys
def show(f):
    try:
        f()
    except Exception as e:
        sys.excepthook(type(e), e, e.__traceback__)
o = None
def foo(n): return bar(n)
def bar(n): raise ValueError(n)
def f14(): a, b = 1, 2, 3
def f15(): a, *b, c = 1,
def f17(): 'é' + o.foo()
def f19(): return (lambda: 1/0)()
def f27(): return int('x', base=10)
def f29():
    return foo(1)
def f30():
    return foo(
        1)
def f31(): x = 1; x += 'a'
def f32(): x = [1]; x[0] @= 3
def f37(): print(**o)
def f38(): return {**5}
def f39(): return [*5]
def f43():
    class A(
        undefined_base,
        metaclass=type
    ):
        pass
def f44():
    @undefined_deco
    def g(): pass
def f45():
    def g(a=undefined): pass
def f50(): exec('1/0')
def f52(): return sorted([1, 'a'], key=lambda x: x + 1)
def f53():
    a = b = c = 1
    return a.foo.bar + b.baz(c)[c]
def f67():	x =	1	+	'a'
def f68(): (1).real.foo; 2
def f70(): str(1)(2)(3)
def f71(): [1,2,3][4:5][0][1]
def f72(): ((1)+('a'))
def f73(): x = 1 ; y = x // 0 ** 1
def f74(): 1 if [][0] else 2
def f75(): foo(a=1)
def f76(): foo(1, n=1)
def f77(): max()
def f78(): len(1)
def f80(): {}[{}]
def f82(): printt(3)
def f84(): timee
def f88(): x = {1: 2}; x.pop(3); y
def f89(): iter(3)
def f90(): next(3)
def f91(): "%d" % 'a'
def f92(): f"{1:q}"
for f in list(globals().values()):
    if getattr(f, '__name__', '').startswith('f') and type(f) is type(show) and f is not foo:
        show(f)
