def nl():
    x = 1; y = 2
    def g():
        nonlocal x; global z
        x = 3; z = 4; del x
        class D:
            x = x
            def m(self): return __class__, x, y
            nonlocal y
            y = 4
        return [x for _ in range(3) if (w := x)], w
    class E:
        y: int = 1
        if y: z: str
        def f(self, a: int, *b: str, c: 'x' = 1, **d) -> None:
            self.a: int = 1
            q: int = a
            (r): int = 3
            return super().f(a), super(E, self).g, super().h
        l = [y for y in range(3)]; m = [lambda: y for x in l]; n = {x: y for x in l for y in l}; o = [[i for i in l] for j in l]
    return g, lambda *a, b=1, **c: (yield), x
