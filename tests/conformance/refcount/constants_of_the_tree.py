import sys
g = sys.getrefcount
def f():
    x = 2.5; y = (1.5, 'a b'); z = 1000 * 3; s = 'x y' 'z'; t = 'ab' + 'c d'; u = -7.25; b = b'zz'; c = 3j; w = 300 ** 3
    n = not_a = 'ident_ifier_q'
    return [g(v) for v in (x, y, z, s, t, u, b, c, w, n)]
print(f())
def h():
    "the doc string here"
    k = f'lit one {1} lit two'
    for q in [9.5, 8.5]: pass
    return g(h.__doc__), g(q), 7.5 in (7.5, 6.5), g(9.5), g(6.5)
print(h())
class C:
    "class doc string"
    a = 4.5
print(g(C.a), g(C.__doc__), g('lit one '), g('un ique'), g(4.5), g((10, 20, 30)), g([10.5, 20.5][0]))
exec("print(g(55.5)); xx = 66.5; print(g(xx))")
