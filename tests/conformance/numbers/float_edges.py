# Floats at their edges: nan, infinities, signed zero, rounding, hex, and text forms.
import math
import sys

nan, inf = float('nan'), float('inf')
print(nan == nan, nan in [nan], [nan] == [nan], inf - inf, inf * 0, -inf < 0, max(nan, 1), max(1, nan))
print(0.0 == -0.0, str(-0.0), math.copysign(1, -0.0), {0.0: 'a', -0.0: 'b', 0: 'c', False: 'd'})
print(0.1 + 0.2, 1e16 + 1, 1e23, 1.0, 1e22, 123456789.123456789, 5e-324, 1.7976931348623157e308, 1e-5, 1e-4)
print(round(0.5), round(1.5), round(2.5), round(2.675, 2), round(-0.5), round(1e300), round(1234.5, -2))
print((0.1).hex(), float.fromhex('0x1.8p1'), (0.75).as_integer_ratio(), (3.0).is_integer(), 7.5 // 2, -7.5 % 2)
print(f'{1/3:.3f} {1e10:g} {123456.789:e} {0.5:%} {1e6:,.2f} {nan:>6} {-inf:08} {1.5:+.0f} {2.5:.0f}')
print(repr(1e100), repr(0.1 + 0.7), 1e308 * 10, -1e308 * 10, 5e-324 / 2)
print(sys.float_info.max, sys.float_info.epsilon, math.nextafter(1.0, 2.0), math.ulp(1.0))
for bad in ("1.0 / 0", "1.0 // 0", "1.0 % 0", "0.0 ** -1", "float('x')", "float('1_')", "math.sqrt(-1)", "math.log(0)",
            "int(inf)", "round(nan)", "float.fromhex('zz')", "math.factorial(2.5)"):
    try:
        print(eval(bad))
    except Exception as error:
        print(bad, type(error).__name__, error)
print(float(' 1e3 '), float('-Infinity'), float('1_0.5'), float(10**22), hash(2.0) == hash(2))
print(math.fsum([0.1] * 10) == 1.0, sum([0.1] * 10), math.isclose(0.1 + 0.2, 0.3), math.gcd(12, 18), math.trunc(-2.7))
