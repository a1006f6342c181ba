# Decimal numbers, fractions and statistics.
import decimal
import fractions
import math
import statistics
from decimal import Decimal as D

print(D('0.1') + D('0.2'), D(1) / D(3), D('1e3'), D('-0.00'), D(3.5), D('NaN'), repr(D('1.50')))
print(D(2).sqrt(), D(10).ln(), D(2).exp(), D(1000).log10(), D(2) ** D('0.5'), D(2) ** 100, D(4) ** -2)
print(D('7.325').quantize(D('0.01'), rounding=decimal.ROUND_HALF_EVEN), D('7.335').quantize(D('.01'), decimal.ROUND_DOWN))
print(divmod(D(-7), D(2)), D(-7) // 2, D(-7) % 2, D('12.5').as_tuple(), D('2.50').normalize(), D('12.5').as_integer_ratio())
print(D('1.0') == 1 == D('1.00'), hash(D('1.0')) == hash(1), D('0.5') == 0.5, D('0.1') == 0.1, D(1) < 1.5, sorted([D(3), 1, D('2.5')]))
print(f'{D("1234567.891"):,.2f}|{D("0.5"):.1%}|{D("1e10"):g}|{D(-3):>6}|{D("1.5"):+08.3f}|{D("12345"):e}')
print(int(D('-3.9')), float(D('2.5')), round(D('2.675'), 2), round(D('2.5')), math.floor(D('-0.5')), math.ceil(D('0.2')))
with decimal.localcontext() as ctx:
    ctx.prec = 5
    print(D(1) / D(7), +D('123456789'), ctx.flags[decimal.Inexact])
print(D(1) / D(7))
for bad in [lambda: D('x'), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D(-1).sqrt(), lambda: D('1e999999') * 10, lambda: D([1]), lambda: int(D('inf'))]:
    try:
        print(bad())
    except (decimal.DecimalException, TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
print(decimal.getcontext().prec, decimal.getcontext().rounding, decimal.ROUND_UP)
F = fractions.Fraction
print(F(3, 6), F('0.75') + F(1, 3), F(D('1.1')), F(1.5), F(7, 3) // 1, round(F(7, 3)), F(1, 3) < D('0.5').as_integer_ratio()[0], repr(F(-4, 6)))
print(F(355, 113).limit_denominator(10), math.floor(F(-7, 2)), F(2, 3) ** 2, f'{F(1, 3):.4f}')
data = [1, 2, 2, 3.5, 4]
print(statistics.mean(data), statistics.median(data), statistics.mode(data), statistics.pstdev([1, 2, 3, 4]), statistics.variance([D(1), D(2), D(4)]))
print(statistics.mean([F(1, 2), F(1, 3)]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.harmonic_mean([40, 60]), statistics.fmean([1, 2]))
try:
    statistics.mean([])
except statistics.StatisticsError as e:
    print(e)
