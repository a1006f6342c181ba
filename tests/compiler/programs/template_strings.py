def f(a, b): return t"x{a}y{b!r:>{w}}", t"", t"{a}{b}", t'{ a + 1 :x}'
