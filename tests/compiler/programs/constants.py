def consts():
    a = 1 + 2 * 3 - 4 ** 2 // 3 % 5; b = -1; c = +1; d = ~1; e = not 1; f = 2 ** 100; g = 2 ** 1000; h = 'a' * 5; i = 'a' * 5000
    j = (1, 2) + (3,); k = (1, 2) * 3; l = 'abc'[1]; m = (1, 2, 3)[-1]; n = b'abc'[0]; o = 'abc'[5]; p = 1 / 0; q = 1.5 + 2; r = 1j * 2 + 3
    s = 1 << 5 | 3 & 2 ^ 1; t = 7 >> 1; u = 1e308 * 10; v = -0.0; w = 0.0; x = 1 < 2; y = 'abc'[1:2]; z = a[1:2], a[b:c], a[::2], a[1:]
    aa = [1, 2], [1, 2, 3], {1, 2}, {1, 2, 3}, (1, (2, (3, 4))); bb = 'a' 'b' + 'c'; cc = "%d" % 5; dd = -(-5); ee = 255, 256, -5, True, None, ...
    ff = 10 ** -2; gg = 5 % -3; hh = -5 // 3; ii = 5.5 % -2; jj = (-8) ** 0.5; kk = 3 - 2j; ll = 1j ** 2; mm = 'é' * 3; nn = (1,) * 300; oo = 1 << 200; pp = 1 << 100
    if 1: x = 2
    if 0: x = 3
    if not 1: x = 4
    while 1:
        if x: break
    while 0: x = 5
    for i in [1, 2, 3]: pass
    for i in {1, 2, 3}: pass
    for i in [a, b]: pass
    for i in (a, *b): pass
    x in [1, 2]; x in {1, 2}; x not in [a, b]; x in (1, 2); x in [*a]
    a < b < c; a == b in c is d
    if a < b < c and d or not (e and f): return 1
    assert a, b
    assert a < b < c
    return 1 if __debug__ else 2
