# math: special values, domains, exact sums.
import math

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e308, 5e-324, math.inf, -math.inf, math.nan, 170.5, -3.0]


def attempt(f, *args):
    try:
        return repr(f(*args))
    except (ValueError, OverflowError, TypeError) as e:
        return f'{type(e).__name__}: {e}'


for name in '''acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor frexp gamma isfinite
        isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp'''.split():
    print(name, [attempt(getattr(math, name), x) for x in SPECIAL])
for name in 'atan2 copysign fmod nextafter pow remainder'.split():
    print(name, [attempt(getattr(math, name), x, y) for x in SPECIAL for y in SPECIAL[::2]])
print([attempt(math.ldexp, x, n) for x in SPECIAL for n in (3, -1000, 0, 2**70)])
xs = [0.1 * 3**i for i in range(12)]
print(math.hypot(*xs), math.dist(xs, xs[::-1]), math.fsum(xs + [-x for x in xs[:-1]]), math.sumprod(xs, xs[::-1]))
print(math.fma(0.1, 10, -1), math.factorial(30), math.comb(50, 20), math.perm(10, 3), math.isqrt(10**40 + 3), math.lcm(4, 6))
for f in (lambda: math.factorial(-1), lambda: math.comb(-1, 2), lambda: math.isqrt(-1), lambda: math.sumprod([1], [1, 2]),
          lambda: math.dist([1], [1, 2]), lambda: math.fma(math.inf, 0, 1), lambda: math.log(-1.5), lambda: math.log(10**1000),
          lambda: math.fsum([1e308, 1e308]), lambda: math.fsum([math.inf, -math.inf]), lambda: math.sin('a')):
    print(attempt(f))
