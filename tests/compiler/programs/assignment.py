def unp(x):
    a, b = b, a; a, b, c = c, b, a; a, *b = x; *a, b = x; (a, b), [c, *d] = x; a = b = c = x; a, b, c, d = d, c, b, a
    (a,) = (b,); [a, b] = 1, 2
    a.x, b[0] = c; a.x += 1; b[0] += 1; b[1:2] += 1; b[x:y] -= 1; b[::2] *= 2; a @= b; a //= b; a **= b
    del a, b.c, d[e], d[1:2], d[x:y], (x, y)
    b[1:2] = 3; b[x:y] = 3; b[1:2, 3] = 3
