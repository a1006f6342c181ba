"""Decimal arithmetic after the General Decimal Arithmetic Specification, for the module `decimal`.

The library of the Pyodide packages has neither CPython's C version nor its Python one; this one is ours. A number is a
sign, an int coefficient and an exponent; a result is computed exactly, or with digits enough to round it once.
DIFFERS: the logical operations, rotate, shift and the contexts of IEEE's formats are not here.
"""

import contextvars as _contextvars
import math as _math
import numbers as _numbers
import sys as _sys
from collections import namedtuple as _namedtuple

__all__ = [
    'Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException',
    'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow',
    'FloatOperation', 'DivisionImpossible', 'InvalidContext', 'ConversionSyntax', 'DivisionUndefined', 'ROUND_DOWN',
    'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP',
    'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX', 'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS',
    'HAVE_CONTEXTVAR',
]

__version__ = '1.70'
__libmpdec_version__ = '2.5.1'
HAVE_THREADS = True
HAVE_CONTEXTVAR = True
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)

ROUND_UP = 'ROUND_UP'
ROUND_DOWN = 'ROUND_DOWN'
ROUND_CEILING = 'ROUND_CEILING'
ROUND_FLOOR = 'ROUND_FLOOR'
ROUND_HALF_UP = 'ROUND_HALF_UP'
ROUND_HALF_DOWN = 'ROUND_HALF_DOWN'
ROUND_HALF_EVEN = 'ROUND_HALF_EVEN'
ROUND_05UP = 'ROUND_05UP'
_ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)

DecimalTuple = _namedtuple('DecimalTuple', 'sign digits exponent', module='decimal')


def _signal(name, *bases):
    return type(name, bases, {'__module__': 'decimal'})


DecimalException = _signal('DecimalException', ArithmeticError)
Clamped = _signal('Clamped', DecimalException)
InvalidOperation = _signal('InvalidOperation', DecimalException)
DivisionByZero = _signal('DivisionByZero', DecimalException, ZeroDivisionError)
Inexact = _signal('Inexact', DecimalException)
Rounded = _signal('Rounded', DecimalException)
Subnormal = _signal('Subnormal', DecimalException)
Overflow = _signal('Overflow', Inexact, Rounded)
Underflow = _signal('Underflow', Inexact, Rounded, Subnormal)
FloatOperation = _signal('FloatOperation', DecimalException, TypeError)
ConversionSyntax = _signal('ConversionSyntax', InvalidOperation)
DivisionImpossible = _signal('DivisionImpossible', InvalidOperation)
DivisionUndefined = _signal('DivisionUndefined', InvalidOperation, ZeroDivisionError)
InvalidContext = _signal('InvalidContext', InvalidOperation)

_SIGNALS = (
    InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped,
)
_PARENTS = {c: InvalidOperation for c in (ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext)}

# The form of a number that is none: _form is '' for a finite one.
_INF, _NAN, _SNAN = 'F', 'n', 'N'


def _length(n):
    """Digits of a coefficient; 1 for zero."""
    if n < 10:
        return 1
    guess = int(n.bit_length() * 0.30102999566398114)
    return guess + (n >= 10 ** guess) if 10 ** guess <= n or guess == 0 else guess


def _new(sign, coefficient, exponent, form=''):
    self = object.__new__(Decimal)
    self._sign, self._int, self._exp, self._form = sign, coefficient, exponent, form
    return self


def _shorten(coefficient, drop, sign, rounding):
    """A coefficient without its last digits: the new one, and whether anything but zeros went."""
    if drop <= 0:
        return coefficient * 10 ** -drop, False
    unit = 10 ** drop if drop <= _length(coefficient) + 1 else 10 ** (_length(coefficient) + 1)
    kept, rest = divmod(coefficient, unit)
    if rest == 0:
        return kept, False
    half = (2 * rest > unit) - (2 * rest < unit)
    up = {
        ROUND_DOWN: False,
        ROUND_UP: True,
        ROUND_CEILING: not sign,
        ROUND_FLOOR: bool(sign),
        ROUND_HALF_UP: half >= 0,
        ROUND_HALF_DOWN: half > 0,
        ROUND_HALF_EVEN: half > 0 or half == 0 and kept % 2 == 1,
        ROUND_05UP: kept % 5 == 0,
    }[rounding]
    return kept + up, True


def _convert(other, equality=False):
    """A number as a Decimal, or NotImplemented."""
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    if equality:
        if isinstance(other, _numbers.Rational) and not isinstance(other, int):
            return NotImplemented
        if isinstance(other, _numbers.Complex) and not isinstance(other, float) and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            getcontext()._note(FloatOperation, equality == 'order')
            return Decimal.from_float(other)
    return NotImplemented


def _required(other):
    result = _convert(other)
    if result is NotImplemented:
        raise TypeError(f'conversion from {type(other).__name__} to Decimal is not supported')
    return result


def _parse(text):
    """(sign, coefficient, exponent, form), or None."""
    s = text.strip().replace('_', '')
    sign = 0
    if s[:1] in ('+', '-'):
        sign = int(s[0] == '-')
        s = s[1:]
    low = s.lower()
    if low in ('inf', 'infinity'):
        return sign, 0, 0, _INF
    for prefix, form in ('snan', _SNAN), ('nan', _NAN):
        if low.startswith(prefix):
            digits = low[len(prefix):]
            return (sign, int(digits or 0), 0, form) if digits == '' or digits.isdecimal() else None
    mantissa, e, exponent = low.partition('e')
    whole, dot, part = mantissa.partition('.')
    digits = whole + part
    if not digits.isdecimal():
        return None
    power = 0
    if e:
        plain = exponent[1:] if exponent[:1] in ('+', '-') else exponent
        if not plain.isdecimal():
            return None
        power = int(exponent)
    limit = _sys.get_int_max_str_digits()
    if limit and len(digits) > limit:
        value = 0
        for i in range(0, len(digits), 4000):
            value = value * 10 ** len(digits[i:i + 4000]) + int(digits[i:i + 4000])
    else:
        value = int(digits)
    return sign, value, power - len(part), ''


def _digits(n):
    limit = _sys.get_int_max_str_digits()
    if limit == 0 or n.bit_length() < 3 * limit:
        return str(n)
    half = _length(n) // 2
    high, low = divmod(n, 10 ** half)
    return _digits(high) + _digits(low).rjust(half, '0')


class Decimal:
    __slots__ = ('_sign', '_int', '_exp', '_form', '__weakref__')
    __module__ = 'decimal'
    __match_args__ = ()

    def __new__(cls, value='0', context=None):
        if isinstance(value, str):
            parts = _parse(value)
            if parts is None:
                parts = 0, 0, 0, _NAN
                (context or getcontext())._raise(ConversionSyntax, None)
        elif isinstance(value, Decimal):
            parts = value._sign, value._int, value._exp, value._form
        elif isinstance(value, int):
            parts = int(value < 0), abs(int(value)), 0, ''
        elif isinstance(value, float):
            (context or getcontext())._note(FloatOperation, True)
            other = Decimal.from_float(value)
            parts = other._sign, other._int, other._exp, other._form
        elif isinstance(value, (tuple, list)):
            parts = _from_tuple(value)
        else:
            raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
        self = object.__new__(cls)
        self._sign, self._int, self._exp, self._form = parts
        return self

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            result = _new(int(f < 0), abs(f), 0)
        elif not isinstance(f, float):
            raise TypeError('argument must be int or float')
        elif f != f or f in (_math.inf, -_math.inf):
            result = Decimal(repr(f))
        else:
            n, d = abs(f).as_integer_ratio()
            k = d.bit_length() - 1
            result = _new(int(_math.copysign(1, f) < 0), n * 5 ** k, -k)
        return result if cls is Decimal else cls(result)

    @classmethod
    def from_number(cls, number):
        if isinstance(number, (int, Decimal, float)):
            return cls.from_float(number) if isinstance(number, float) else cls(number)
        raise TypeError(f"Cannot convert {number!r} to Decimal")

    # ---- what it is

    def is_nan(self):
        return self._form in (_NAN, _SNAN)

    def is_qnan(self):
        return self._form == _NAN

    def is_snan(self):
        return self._form == _SNAN

    def is_infinite(self):
        return self._form == _INF

    def is_finite(self):
        return self._form == ''

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return self._form == '' and self._int == 0

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def is_normal(self, context=None):
        context = context or getcontext()
        return self._form == '' and self._int != 0 and context.Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        context = context or getcontext()
        return self._form == '' and self._int != 0 and self.adjusted() < context.Emin

    def number_class(self, context=None):
        if self.is_snan():
            return 'sNaN'
        if self.is_nan():
            return 'NaN'
        sign = '-' if self._sign else '+'
        if self._form:
            return sign + 'Infinity'
        if self._int == 0:
            return sign + 'Zero'
        return sign + ('Subnormal' if self.is_subnormal(context) else 'Normal')

    def adjusted(self):
        return 0 if self._form else self._exp + _length(self._int) - 1

    def as_tuple(self):
        if self._form == _INF:
            return DecimalTuple(self._sign, (0,), 'F')
        digits = tuple(map(int, _digits(self._int))) if self._int or not self._form else ()
        return DecimalTuple(self._sign, digits, self._form or self._exp)

    def as_integer_ratio(self):
        if self._form == _INF:
            raise OverflowError('cannot convert Infinity to integer ratio')
        if self._form:
            raise ValueError('cannot convert NaN to integer ratio')
        n, d = self._int, 1
        if self._exp >= 0:
            n *= 10 ** self._exp
        else:
            d = 10 ** -self._exp
            g = _math.gcd(n, d)
            n, d = n // g, d // g
        return (-n if self._sign else n), d

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    def __complex__(self):
        return complex(float(self))

    def radix(self):
        return Decimal(10)

    # ---- text

    def __str__(self, eng=False, context=None):
        sign = '-' if self._sign else ''
        if self._form == _INF:
            return sign + 'Infinity'
        if self._form:
            return sign + ('sNaN' if self._form == _SNAN else 'NaN') + (_digits(self._int) if self._int else '')
        digits = _digits(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif self._int == 0:
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            text = '0.' + '0' * -point + digits
        elif point >= len(digits):
            text = digits + '0' * (point - len(digits))
        else:
            text = digits[:point] + '.' + digits[point:]
        if left != point:
            e = 'E' if (context or getcontext()).capitals else 'e'
            text += f'{e}{left - point:+d}'
        return sign + text

    def to_eng_string(self, context=None):
        return self.__str__(True, context)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, spec, context=None):
        return _format(self, spec, context or getcontext())

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self if type(self) is Decimal else type(self)(self)

    # ---- to other numbers

    def __bool__(self):
        return bool(self._form) or self._int != 0

    def __int__(self):
        if self._form == _INF:
            raise OverflowError('cannot convert Infinity to integer')
        if self._form:
            raise ValueError('cannot convert NaN to integer')
        n = self._int * 10 ** self._exp if self._exp >= 0 else self._int // 10 ** min(-self._exp, _length(self._int) + 1)
        return -n if self._sign else n

    __trunc__ = __int__

    def __float__(self):
        if self._form == _SNAN:
            raise ValueError('cannot convert signaling NaN to float')
        if self._form == _NAN:
            return -_math.nan if self._sign else _math.nan
        return float(str(self))

    def __round__(self, n=None):
        if n is None:
            if self._form == _INF:
                raise OverflowError('cannot round an infinity')
            if self._form:
                raise ValueError('cannot round a NaN')
            return int(self.to_integral_value(ROUND_HALF_EVEN))
        if not isinstance(n, int):
            raise TypeError('optional arg must be an integer')
        return self.quantize(_new(0, 1, -n))

    def _toward(self, rounding, what):
        if self._form == _INF:
            raise OverflowError('cannot round an infinity')
        if self._form:
            raise ValueError('cannot round a NaN')
        return int(self.to_integral_value(rounding))

    def __floor__(self):
        return self._toward(ROUND_FLOOR, 'floor')

    def __ceil__(self):
        return self._toward(ROUND_CEILING, 'ceil')

    def __hash__(self):
        if self._form == _SNAN:
            raise TypeError('Cannot hash a signaling NaN value')
        if self._form == _NAN:
            return object.__hash__(self)
        if self._form == _INF:
            return -_sys.hash_info.inf if self._sign else _sys.hash_info.inf
        p = _sys.hash_info.modulus
        scale = pow(10, self._exp, p) if self._exp >= 0 else pow(pow(10, p - 2, p), -self._exp, p)
        h = self._int * scale % p
        h = h if self._sign == 0 else -h
        return -2 if h == -1 else h

    # ---- comparing

    def _nan_result(self, other=None, context=None):
        """The NaN that comes out of an operation with NaNs, or None."""
        for signals in True, False:
            for x in (self, other):
                if x is not None and x.is_nan() and (x.is_snan() == signals):
                    if signals:
                        context = context or getcontext()
                        context._raise(InvalidOperation, None)
                    return _new(x._sign, x._int, 0, _NAN)
        return None

    def _order(self, other):
        """-1, 0 or 1; neither is a NaN."""
        if self._form or other._form:
            a = (1 - 2 * self._sign) * (self._form == _INF)
            b = (1 - 2 * other._sign) * (other._form == _INF)
            if a or b:
                return (a > b) - (a < b)
        a = -self._int if self._sign else self._int
        b = -other._int if other._sign else other._int
        if a == 0 or b == 0 or (a < 0) != (b < 0):
            return (a > b) - (a < b)
        high = self.adjusted() - other.adjusted()
        if high:
            return (1 if high > 0 else -1) * (1 if a > 0 else -1)
        e = min(self._exp, other._exp)
        a, b = a * 10 ** (self._exp - e), b * 10 ** (other._exp - e)
        return (a > b) - (a < b)

    def _ordered(self, other, equality):
        """None for unordered, NotImplemented, or the order."""
        if isinstance(other, _numbers.Rational) and not isinstance(other, (int, Decimal)):
            if self._form:
                return None if self.is_nan() else (1 - 2 * self._sign)
            n, d = self.as_integer_ratio()
            a, b = n * other.denominator, other.numerator * d
            return (a > b) - (a < b)
        other = _convert(other, 'equality' if equality else 'order')
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            if not equality or self.is_snan() or other.is_snan():
                getcontext()._raise(InvalidOperation, None)
            return None
        return self._order(other)

    def __eq__(self, other):
        order = self._ordered(other, True)
        return order if order is NotImplemented else order == 0 and order is not None

    def __lt__(self, other):
        order = self._ordered(other, False)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._ordered(other, False)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._ordered(other, False)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._ordered(other, False)
        return order if order is NotImplemented else order is not None and order >= 0

    def compare(self, other, context=None):
        other = _required(other)
        return self._nan_result(other, context) or Decimal(self._order(other))

    def compare_signal(self, other, context=None):
        other = _required(other)
        if self.is_nan() or other.is_nan():
            return (context or getcontext())._raise(InvalidOperation, self._nan_result(other, context))
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        def key(x):
            kind = {'': 0, _INF: 1, _SNAN: 2, _NAN: 3}[x._form]
            return kind, x

        other = _required(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        flip = -1 if self._sign else 1
        a, b = key(self)[0], key(other)[0]
        if a != b:
            return Decimal(flip * (1 if a > b else -1))
        if a >= 2:
            return Decimal(flip * ((self._int > other._int) - (self._int < other._int)))
        order = self._order(other)
        if order:
            return Decimal(order)
        return Decimal(flip * ((self._exp > other._exp) - (self._exp < other._exp)) if a == 0 else 0)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_required(other).copy_abs())

    def same_quantum(self, other, context=None):
        other = _required(other)
        if self._form or other._form:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def _choose(self, other, context, larger, magnitude):
        context = context or getcontext()
        other = _required(other)
        if self.is_nan() or other.is_nan():
            if self.is_qnan() and not other.is_nan():
                return other._fix(context)
            if other.is_qnan() and not self.is_nan():
                return self._fix(context)
            return self._nan_result(other, context)._fix(context)
        a, b = (self.copy_abs(), other.copy_abs()) if magnitude else (self, other)
        order = a._order(b) or int(self.compare_total(other))
        return (self if (order >= 0) == larger else other)._fix(context)

    def max(self, other, context=None):
        return self._choose(other, context, True, False)

    def min(self, other, context=None):
        return self._choose(other, context, False, False)

    def max_mag(self, other, context=None):
        return self._choose(other, context, True, True)

    def min_mag(self, other, context=None):
        return self._choose(other, context, False, True)

    # ---- rounding to a context

    def _fix(self, context):
        if self._form:
            limit = context.prec - context.clamp
            if self.is_nan() and _length(self._int) > limit:
                return _new(self._sign, self._int % 10 ** limit, 0, self._form)
            return self if type(self) is Decimal else _new(self._sign, self._int, self._exp, self._form)
        etiny, etop = context.Etiny(), context.Etop()
        if self._int == 0:
            top = etop if context.clamp else context.Emax
            exponent = min(max(self._exp, etiny), top)
            if exponent != self._exp:
                context._raise(Clamped, None)
            return _new(self._sign, 0, exponent)
        adjusted = self.adjusted()
        least = adjusted - context.prec + 1
        if least > etop:
            context._raise(Inexact, None, Rounded)
            return context._raise(Overflow, _overflowed(self._sign, context))
        subnormal = adjusted < context.Emin
        if subnormal:
            least = etiny
        coefficient, exponent = self._int, self._exp
        if exponent < least:
            coefficient, lost = _shorten(coefficient, least - exponent, self._sign, context.rounding)
            exponent = least
            if _length(coefficient) > context.prec:
                coefficient //= 10
                exponent += 1
            if exponent > etop:
                context._raise(Inexact, None, Rounded)
                return context._raise(Overflow, _overflowed(self._sign, context))
            result = _new(self._sign, coefficient, exponent)
            if lost and subnormal:
                context._raise(Underflow, None)
            if subnormal:
                context._raise(Subnormal, None)
            if lost:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
            if coefficient == 0:
                context._raise(Clamped, None)
            return result
        if subnormal:
            context._raise(Subnormal, None)
        if context.clamp and exponent > etop:
            context._raise(Clamped, None)
            return _new(self._sign, coefficient * 10 ** (exponent - etop), etop)
        return self if type(self) is Decimal else _new(self._sign, coefficient, exponent)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        return (self.copy_abs() if self.is_zero() and context.rounding != ROUND_FLOOR else self)._fix(context)

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        zero = self.is_zero() and context.rounding != ROUND_FLOOR
        return (self.copy_abs() if zero else self.copy_negate())._fix(context)

    def __abs__(self, context=None):
        context = context or getcontext()
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def copy_abs(self):
        return _new(0, self._int, self._exp, self._form)

    def copy_negate(self):
        return _new(1 - self._sign, self._int, self._exp, self._form)

    def copy_sign(self, other, context=None):
        return _new(_required(other)._sign, self._int, self._exp, self._form)

    # ---- arithmetic

    def __add__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context)
        if self._form or other._form:
            if self._form and other._form and self._sign != other._sign:
                return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
            return _new((self if self._form else other)._sign, 0, 0, _INF)
        exponent = min(self._exp, other._exp)
        negative_zero = int(context.rounding == ROUND_FLOOR and self._sign != other._sign)
        a, b = self, other
        if a._int == 0 or b._int == 0:
            if a._int == 0 and b._int == 0:
                return _new(a._sign if a._sign == b._sign else negative_zero, 0, exponent)._fix(context)
            x = a if b._int == 0 else b
            # No more zeros than fit.
            exponent = max(exponent, x.adjusted() - context.prec)
            if exponent < x._exp:
                return _new(x._sign, x._int * 10 ** (x._exp - exponent), exponent)._fix(context)
            return x._fix(context)
        if a._exp < b._exp:
            a, b = b, a
        # A number far below the other's last digit decides only which way it is rounded.
        far = b.adjusted() < a._exp - context.prec - 3 - max(0, context.prec - _length(a._int))
        if far:
            exponent = a._exp - context.prec - 4 - max(0, context.prec - _length(a._int))
            b = _new(b._sign, 1, exponent)
        n = a._int * 10 ** (a._exp - b._exp)
        total = (-n if a._sign else n) + (-b._int if b._sign else b._int)
        if total == 0:
            return _new(negative_zero, 0, b._exp)._fix(context)
        return _new(int(total < 0), abs(total), b._exp)._fix(context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else self.__add__(
            other if other.is_nan() else other.copy_negate(), context)

    def __rsub__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other.__sub__(self)

    def __mul__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context)
        sign = self._sign ^ other._sign
        if self._form or other._form:
            if not self or not other:
                return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
            return _new(sign, 0, 0, _INF)
        return _new(sign, self._int * other._int, self._exp + other._exp)._fix(context)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context)
        sign = self._sign ^ other._sign
        if self._form:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN)) if other._form else _new(sign, 0, 0, _INF)
        if other._form:
            context._raise(Clamped, None)
            return _new(sign, 0, context.Etiny())
        if other._int == 0:
            if self._int == 0:
                return context._raise(DivisionUndefined, _new(0, 0, 0, _NAN))
            return context._raise(DivisionByZero, _new(sign, 0, 0, _INF))
        exponent = self._exp - other._exp
        if self._int == 0:
            return _new(sign, 0, exponent)._fix(context)
        shift = max(0, _length(other._int) - _length(self._int) + context.prec + 1)
        q, rest = divmod(self._int * 10 ** shift, other._int)
        exponent -= shift
        if rest:
            # A last digit that is neither 0 nor 5 tells that there is more.
            if q % 5 == 0:
                q += 1
        else:
            ideal = self._exp - other._exp
            while exponent < ideal and q % 10 == 0:
                q //= 10
                exponent += 1
        return _new(sign, q, exponent)._fix(context)

    def __rtruediv__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other.__truediv__(self)

    def _divide(self, other, context):
        """Quotient and remainder of finite numbers; the divisor is not zero. Both with the ideal exponents."""
        sign = self._sign ^ other._sign
        exponent = self._exp if other._form else min(self._exp, other._exp)
        gap = self.adjusted() - other.adjusted()
        if self._int == 0 or other._form or gap <= -2:
            return _new(sign, 0, 0), self if other._form else _new(self._sign, self._int, self._exp)._toward_exponent(exponent, context)
        if gap <= context.prec:
            a = self._int * 10 ** (self._exp - exponent)
            b = other._int * 10 ** (other._exp - exponent)
            q, r = divmod(a, b)
            if q < 10 ** context.prec:
                return _new(sign, q, 0), _new(self._sign, r, exponent)
        nan = context._raise(DivisionImpossible, _new(0, 0, 0, _NAN))
        return nan, nan

    def _toward_exponent(self, exponent, context):
        """With zeros at its end, down to an exponent or as far as they fit."""
        if self._int == 0:
            return _new(self._sign, 0, exponent)
        exponent = max(exponent, self.adjusted() - context.prec + 1)
        if exponent >= self._exp:
            return self
        return _new(self._sign, self._int * 10 ** (self._exp - exponent), exponent)

    def _divided(self, other, context, wants_rest=True):
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context), nan._fix(context)
        sign = self._sign ^ other._sign
        none = _new(0, 0, 0, _NAN)
        if self._form:
            if other._form:
                bad = context._raise(InvalidOperation, none)
                return bad, bad
            return _new(sign, 0, 0, _INF), None
        if other.is_zero():
            if self._int == 0:
                bad = context._raise(DivisionUndefined, none)
                return bad, bad
            return None, None
        q, r = self._divide(other, context)
        return q, r if r.is_nan() or not wants_rest else r._fix(context)

    def __floordiv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        q, _ = self._divided(other, context, False)
        return context._raise(DivisionByZero, _new(self._sign ^ other._sign, 0, 0, _INF)) if q is None else q

    def __rfloordiv__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other.__floordiv__(self)

    def __mod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        _, r = self._divided(other, context)
        return context._raise(InvalidOperation, _new(0, 0, 0, _NAN)) if r is None else r

    def __rmod__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other.__mod__(self)

    def __divmod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        q, r = self._divided(other, context)
        if q is None:
            q = context._raise(DivisionByZero, _new(self._sign ^ other._sign, 0, 0, _INF))
        if r is None:
            r = context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        return q, r

    def __rdivmod__(self, other):
        other = _convert(other)
        return other if other is NotImplemented else other.__divmod__(self)

    def remainder_near(self, other, context=None):
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context)
        none = _new(0, 0, 0, _NAN)
        if self._form or other.is_zero():
            return context._raise(InvalidOperation if self or other else DivisionUndefined, none)
        if other._form:
            return self._fix(context)
        exponent = min(self._exp, other._exp)
        gap = self.adjusted() - other.adjusted()
        if self._int == 0:
            return _new(self._sign, 0, exponent)._fix(context)
        if gap >= context.prec + 1:
            return context._raise(DivisionImpossible, none)
        if gap <= -2:
            return self._toward_exponent(exponent, context)._fix(context)
        b = other._int * 10 ** (other._exp - exponent)
        q, r = divmod(self._int * 10 ** (self._exp - exponent), b)
        if 2 * r + q % 2 > b:
            r -= b
            q += 1
        if q >= 10 ** context.prec:
            return context._raise(DivisionImpossible, none)
        return _new(1 - self._sign if r < 0 else self._sign, abs(r), exponent)._fix(context)

    def fma(self, other, third, context=None):
        context = context or getcontext()
        other, third = _required(other), _required(third)
        if self._form or other._form:
            product = self.__mul__(other, context)
        else:
            product = _new(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp)
        return product.__add__(third, context)

    def __pow__(self, other, modulo=None, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            return self._power_modulo(other, modulo, context)
        nan = self._nan_result(other, context)
        if nan:
            return nan._fix(context)
        if not other:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN)) if not self else Decimal(1)
        whole = other._form == '' and other == other.to_integral_value()
        sign = 0
        if self._sign:
            if whole:
                sign = int(other) % 2
            elif self:
                return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
            self = self.copy_abs()
        if not self:
            return _new(sign, 0, 0) if other._sign == 0 else _new(sign, 0, 0, _INF)
        if self._form:
            return _new(sign, 0, 0, _INF) if other._sign == 0 else _new(sign, 0, 0)
        if self == 1:
            if not whole:
                context._raise(Inexact, None, Rounded)
                return _new(sign, 10 ** (context.prec - 1), 1 - context.prec)
            n = min(max(int(other), 0), context.prec)
            exponent = max(self._exp * n, 1 - context.prec)
            return _new(sign, 10 ** -exponent, exponent) if exponent < 0 else _new(sign, 1, 0)
        if other._form:
            grows = self > 1
            return _new(sign, 0, 0, _INF if grows == (other._sign == 0) else '')
        if whole and abs(int(other)) < 10 ** 6:
            n = abs(int(other))
            digits = _length(self._int) * n
            if digits < 20 * context.prec + 2000:
                exact = _new(sign, self._int ** n, self._exp * n)
                if other._sign == 0:
                    return exact._fix(context)
                result = Decimal(1).__truediv__(exact, context)
                return result
        work = Context(prec=context.prec + 12 + abs(other.adjusted()) + _length(abs(self.adjusted()) + 1),
                       rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
        power = other.__mul__(self.ln(work), work)
        if power.adjusted() > 19:
            if power._sign:
                return _new(sign, 1, context.Etiny() - 1)._fix(context._with_rounding(ROUND_HALF_EVEN))
            return _new(sign, 1, context.Emax + 1)._fix(context._with_rounding(ROUND_HALF_EVEN))
        result = power.exp(work)
        near = result._fix(Context(prec=context.prec + 3, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]))
        if near._exp < 0 and other._sign == 0:
            exact = _exact_root(self, other, near, work)
            if exact is not None:
                near = exact
        return _new(sign, near._int, near._exp)._fix(context) if near is not result else near

    def __rpow__(self, other, modulo=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__pow__(self, modulo)

    def _power_modulo(self, other, modulo, context):
        modulo = _required(modulo)
        for x in (self, other, modulo):
            if x._form or x != x.to_integral_value():
                return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        if other < 0 or not modulo or modulo.adjusted() >= context.prec or not other and not self:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        r = pow(abs(int(self)), int(other), abs(int(modulo)))
        return _new(int(self._sign and int(other) % 2), r, 0)

    # ---- functions

    def sqrt(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if self.is_zero():
            return _new(self._sign, 0, self._exp // 2)._fix(context)
        if self._sign:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        if self._form:
            return self
        ideal = self._exp // 2
        c, e = (self._int * 10, self._exp - 1) if self._exp % 2 else (self._int, self._exp)
        shift = max(0, context.prec + 2 - (_length(c) + 1) // 2)
        c *= 100 ** shift
        root = _math.isqrt(c)
        exponent = e // 2 - shift
        if root * root == c:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
            if exponent > ideal:
                root, exponent = root * 10 ** (exponent - ideal), ideal
        elif root % 5 == 0:
            root += 1
        return _new(0, root, exponent)._fix(context._with_rounding(ROUND_HALF_EVEN))

    def exp(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if self._form:
            return Decimal(0) if self._sign else Decimal(self)
        if not self:
            return Decimal(1)
        if self.adjusted() > 20:
            tiny = _new(0, 1, context.Etiny() - 1) if self._sign else _new(0, 1, context.Emax + 1)
            return tiny._fix(context._with_rounding(ROUND_HALF_EVEN))
        prec = context.prec + 6 + max(0, self.adjusted())
        if self.adjusted() < -prec:
            return _new(0, 10 ** (prec + 2) + (-1 if self._sign else 1), -prec - 2)._fix(
                context._with_rounding(ROUND_HALF_EVEN))
        value, exponent = _exp(self, prec)
        return _new(0, value, exponent)._fix(context._with_rounding(ROUND_HALF_EVEN))

    def ln(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if not self:
            return _new(1, 0, 0, _INF)
        if self._sign:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        if self._form:
            return Decimal(self)
        if self == 1:
            return Decimal(0)
        return self._log(context, context.prec + 6, False)

    def log10(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if not self:
            return _new(1, 0, 0, _INF)
        if self._sign:
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        if self._form:
            return Decimal(self)
        digits = _digits(self._int)
        if digits.rstrip('0') == '1':
            return Decimal(self._exp + len(digits) - 1)._fix(context)
        return self._log(context, context.prec + 6, True)

    def _log(self, context, prec, decimal):
        near = (self - 1).adjusted() if self.adjusted() in (-1, 0) else 0
        prec += max(0, -near)
        n = _ln(self, prec)
        if decimal:
            n = n * 10 ** prec // _ln_int(10, prec)
        return _new(int(n < 0), abs(n), -prec)._fix(context._with_rounding(ROUND_HALF_EVEN))

    def logb(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan
        if self._form:
            return _new(0, 0, 0, _INF)
        if not self:
            return context._raise(DivisionByZero, _new(1, 0, 0, _INF))
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan:
            return nan
        if other._form or other._exp != 0 or abs(int(other)) > 2 * (context.Emax + context.prec):
            return context._raise(InvalidOperation, _new(0, 0, 0, _NAN))
        return self if self._form else _new(self._sign, self._int, self._exp + int(other))._fix(context)

    def normalize(self, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        result = self._fix(context)
        if result._form:
            return result
        if not result:
            return _new(result._sign, 0, 0)
        n, e = result._int, result._exp
        top = context.Etop() if context.clamp else context.Emax
        while n % 10 == 0 and e < top:
            n //= 10
            e += 1
        return _new(result._sign, n, e)

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = _required(exp)
        rounding = rounding or context.rounding
        if rounding not in _ROUNDINGS:
            raise TypeError(f'valid values for rounding are:\n  [{", ".join(_ROUNDINGS)}]')
        nan = self._nan_result(exp, context)
        if nan:
            return nan._fix(context)
        bad = _new(0, 0, 0, _NAN)
        if self._form or exp._form:
            return Decimal(self) if self._form and exp._form else context._raise(InvalidOperation, bad)
        if not context.Etiny() <= exp._exp <= context.Emax:
            return context._raise(InvalidOperation, bad)
        if self._int == 0:
            return _new(self._sign, 0, exp._exp)._fix(context)
        if self.adjusted() > context.Emax or self.adjusted() - exp._exp + 1 > context.prec:
            return context._raise(InvalidOperation, bad)
        n, lost = _shorten(self._int, exp._exp - self._exp, self._sign, rounding)
        result = _new(self._sign, n, exp._exp)
        if result.adjusted() > context.Emax or _length(n) > context.prec:
            return context._raise(InvalidOperation, bad)
        if n and result.adjusted() < context.Emin:
            context._raise(Subnormal, None)
        if exp._exp > self._exp:
            if lost:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
        return result._fix(context)

    def to_integral_value(self, rounding=None, context=None):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if self._form or self._exp >= 0:
            return Decimal(self)
        n, _ = _shorten(self._int, -self._exp, self._sign, rounding or context.rounding)
        return _new(self._sign, n, 0)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        context = context or getcontext()
        if not self._form and self._exp < 0 and self._int:
            _, lost = _shorten(self._int, -self._exp, self._sign, ROUND_DOWN)
            if lost:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
        return self.to_integral_value(rounding, context)

    def _next(self, context, toward):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan:
            return nan._fix(context)
        if self._form:
            if self._sign == (toward < 0):
                return Decimal(self)
            return _new(self._sign, 10 ** context.prec - 1, context.Etop())
        work = context.copy()
        work.clear_traps()
        work.rounding = ROUND_CEILING if toward > 0 else ROUND_FLOOR
        rounded = self._fix(work)
        if rounded != self:
            return rounded
        return self.__add__(_new(int(toward < 0), 1, context.Etiny() - 1), work)

    def next_plus(self, context=None):
        return self._next(context, 1)

    def next_minus(self, context=None):
        return self._next(context, -1)

    def next_toward(self, other, context=None):
        other = _required(other)
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan:
            return nan
        order = self._order(other)
        return self.copy_sign(other) if order == 0 else self._next(context, -order)


_numbers.Number.register(Decimal)


def _from_tuple(value):
    if len(value) != 3:
        raise ValueError('argument must be a sequence of length 3')
    sign, digits, exponent = value
    if sign not in (0, 1):
        raise ValueError('sign must be an integer with the value 0 or 1')
    if exponent == 'F':
        return sign, 0, 0, _INF
    n = 0
    for digit in digits:
        if not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError('coefficient must be a tuple of digits')
        n = n * 10 + digit
    if exponent in ('n', 'N'):
        return sign, n, 0, exponent
    if not isinstance(exponent, int):
        raise ValueError('string argument in the third position must be \'F\', \'n\' or \'N\'')
    return sign, n, exponent, ''


def _overflowed(sign, context):
    away = context.rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP) or context.rounding == (
        ROUND_FLOOR if sign else ROUND_CEILING)
    return _new(sign, 0, 0, _INF) if away else _new(sign, 10 ** context.prec - 1, context.Etop())


def _exact_root(base, power, near, work):
    """The power when it can be written exactly with few digits, as 4 ** 0.5 can."""
    n, d = power.as_integer_ratio()
    if d > 64:
        return None
    candidate = near.normalize(work)
    left = _new(0, candidate._int ** d, candidate._exp * d)
    right = _new(0, base._int ** n, base._exp * n) if n < 1000 else None
    return candidate if right is not None and left._order(right) == 0 else None


_LN = {}


def _ln_int(n, prec):
    """ln(n) * 10**prec for 2 and 10."""
    known = _LN.get(n)
    if known is None or known[0] < prec:
        digits = prec + 10
        one = 10 ** digits
        # ln 2 = 18 L(26) - 2 L(4801) + 8 L(8749), with L(x) = artanh(1/x).
        two = 18 * _artanh(1, 26, one) - 2 * _artanh(1, 4801, one) + 8 * _artanh(1, 8749, one)
        # ln 10 = 3 ln 2 + 2 artanh(1/9).
        _LN[2] = digits, two
        _LN[10] = digits, 3 * two + 2 * _artanh(1, 9, one)
        known = _LN[n]
    digits, value = known
    return value // 10 ** (digits - prec)


def _artanh(n, d, one):
    """artanh(n / d) * one."""
    term = one * n // d
    total, k, square_n, square_d = 0, 1, n * n, d * d
    while term:
        total += term // k
        term = term * square_n // square_d
        k += 2
    return total


def _ln(x, prec):
    """ln(x) * 10**prec, to within a few units."""
    digits = prec + 8 + len(str(abs(x.adjusted()) + 1))
    one = 10 ** digits
    e = x._exp + _length(x._int) - 1
    shift = digits - (_length(x._int) - 1)
    m = x._int * 10 ** shift if shift >= 0 else x._int // 10 ** -shift
    halves = 0
    while m > 3 * one // 2:
        m //= 2
        halves += 1
    # 0.75 < m <= 1.5 by now: square roots bring it close to one.
    roots = 0
    while abs(m - one) * 50 > one:
        m = _math.isqrt(m * one)
        roots += 1
    total = 2 * _artanh(m - one, m + one, one) if m >= one else -2 * _artanh(one - m, m + one, one)
    total <<= roots
    total += halves * _ln_int(2, digits) + e * _ln_int(10, digits)
    unit = 10 ** (digits - prec)
    return (total + unit // 2) // unit


def _exp(x, prec):
    """exp(x) as coefficient and exponent, with `prec` digits and a few more."""
    digits = prec + 10 + max(0, x.adjusted())
    one = 10 ** digits
    e = x._exp + digits
    n = x._int * 10 ** e if e >= 0 else x._int // 10 ** -e
    if x._sign:
        n = -n
    ten = _ln_int(10, digits)
    power, rest = divmod(n, ten)
    # exp(rest) by its series, on a small part of it.
    steps = 12
    small = rest >> steps
    total = term = one
    k = 1
    while term:
        term = term * small // (one * k)
        total += term
        k += 1
    for _ in range(steps):
        total = total * total // one
    return total, power - digits


def _format(x, spec, context):
    from re import fullmatch

    m = fullmatch(
        r'(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([eEfFgGn%])?', spec, 16)
    if m is None:
        raise ValueError('invalid format string')
    fill, align, sign, no_negative_zero, _, zero, width, comma, precision, kind = m.groups()
    if zero:
        if align:
            raise ValueError('invalid format string')
        fill, align = '0', '='
    fill = fill or ' '
    align = align or '>'
    precision = None if precision is None else int(precision)
    if x._form:
        body = str(x.copy_abs())
        if kind == '%':
            body += '%'
        if fill == '0' and align == '=':
            fill = ' '
            align = '>'
        negative = x._sign
    else:
        negative, body = _format_finite(x, kind, precision, context, no_negative_zero)
        if comma:
            whole, dot, rest = body.partition('.')
            digits = whole.split('E')[0].split('e')[0].rstrip('%')
            after = whole[len(digits):]
            minimum = int(width or 0) - len(after + dot + rest) - int(bool(negative or sign in ('+', ' ')))
            body = _group(digits, comma, minimum if fill == '0' and align == '=' else 0) + after + dot + rest
    lead = '-' if negative else sign if sign in ('+', ' ') else ''
    room = max(0, int(width or 0) - len(lead) - len(body))
    if align == '<':
        return lead + body + fill * room
    if align == '=':
        return lead + fill * room + body
    if align == '^':
        return fill * (room // 2) + lead + body + fill * (room - room // 2)
    return fill * room + lead + body


def _group(digits, comma, minimum):
    while True:
        text = ''
        for i, c in enumerate(reversed(digits)):
            text = c + (comma if i and i % 3 == 0 else '') + text
        if len(text) >= minimum:
            return text
        digits = '0' + digits


def _format_finite(x, kind, precision, context, no_negative_zero):
    work = x
    if kind == '%':
        work = _new(x._sign, x._int, x._exp + 2)
    if kind is not None and kind in 'gGn' and precision == 0:
        precision = 1
    if precision is not None:
        rounding = context.rounding
        if kind in ('e', 'E'):
            work = _to_digits(work, precision + 1, rounding)
        elif kind in ('f', 'F', '%'):
            n, _ = _shorten(work._int, -precision - work._exp, work._sign, rounding)
            work = _new(work._sign, n, -precision)
        elif kind in ('g', 'G', 'n', None) and _length(work._int) > precision:
            work = _to_digits(work, precision, rounding)
    elif kind in ('f', 'F', '%') and work._exp > 0:
        work = _new(work._sign, work._int * 10 ** work._exp, 0)
    negative = work._sign and not (no_negative_zero and work._int == 0)
    digits = _digits(work._int)
    left = work._exp + len(digits)
    if kind in ('e', 'E'):
        point = 1 - precision if work._int == 0 and precision is not None else 1
        if work._int == 0 and precision is not None:
            digits, left, point = '0' * (precision + 1), 1 + work._exp + precision, 1
            left = 1 + x._exp + precision if x._int == 0 else left
    elif kind in ('f', 'F', '%') or work._exp <= 0 and left > -6:
        point = left
    else:
        point = 1
    if point <= 0:
        whole, part = '0', '0' * -point + digits
    elif point > len(digits):
        whole, part = digits + '0' * (point - len(digits)), ''
    else:
        whole, part = digits[:point], digits[point:]
    body = whole + ('.' + part if part else '')
    if left != point or kind in ('e', 'E'):
        e = 'e' if kind in ('e', 'g', 'n') or kind is None and not context.capitals else 'E'
        body += f'{e}{left - point:+d}'
    return negative, body + ('%' if kind == '%' else '')


def _to_digits(x, n, rounding):
    drop = _length(x._int) - n
    if x._int == 0:
        return x
    coefficient, _ = _shorten(x._int, drop, x._sign, rounding)
    exponent = x._exp + drop
    if _length(coefficient) > n:
        coefficient //= 10
        exponent += 1
    return _new(x._sign, coefficient, exponent)


class Context:
    __module__ = 'decimal'

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,
                 traps=None):
        base = globals().get('DefaultContext')
        pick = lambda value, name, fallback: value if value is not None else getattr(base, name, fallback)
        self.prec = pick(prec, 'prec', 28)
        self.rounding = pick(rounding, 'rounding', ROUND_HALF_EVEN)
        self.Emin = pick(Emin, 'Emin', -999999)
        self.Emax = pick(Emax, 'Emax', 999999)
        self.capitals = pick(capitals, 'capitals', 1)
        self.clamp = pick(clamp, 'clamp', 0)
        as_dict = lambda given: given if isinstance(given, dict) else {s: s in given for s in _SIGNALS}
        self.traps = dict(base.traps) if traps is None and base else as_dict(traps or ())
        self.flags = as_dict(flags or ())

    def __setattr__(self, name, value):
        limits = {'prec': (1, MAX_PREC), 'Emin': (MIN_EMIN, 0), 'Emax': (0, MAX_EMAX), 'capitals': (0, 1),
                  'clamp': (0, 1)}
        if name in limits:
            low, high = limits[name]
            if not isinstance(value, int):
                raise TypeError('an integer is required' if name != 'prec' else 'valid range for prec is [1, MAX_PREC]')
            if not low <= value <= high:
                text = {'prec': '[1, MAX_PREC]', 'Emin': '[MIN_EMIN, 0]', 'Emax': '[0, MAX_EMAX]'}.get(name)
                raise ValueError(f'valid range for {name} is {text}' if text else f'valid values for {name} are 0 or 1')
        elif name == 'rounding' and value not in _ROUNDINGS:
            raise TypeError(f'valid values for rounding are:\n  [{", ".join(_ROUNDINGS)}]')
        elif name in ('flags', 'traps'):
            if not isinstance(value, dict):
                raise TypeError('argument must be a signal dict')
            value = _SignalDict({s: bool(value[s]) for s in _SIGNALS})
        elif name not in ('rounding',):
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError(f'context attribute {name!r} cannot be deleted')

    def _note(self, signal, may_raise):
        self.flags[signal] = True
        if may_raise and self.traps[signal]:
            raise signal([signal])

    def _raise(self, condition, result, *more):
        for c in (*more, condition):
            signal = _PARENTS.get(c, c)
            for s in _SIGNALS:
                if s is signal or signal in (Overflow,) and s in (Inexact, Rounded):
                    self.flags[s] = True
        for c in (*more, condition):
            signal = _PARENTS.get(c, c)
            if self.traps[signal]:
                raise signal([c])
        return result

    def _with_rounding(self, rounding):
        if self.rounding == rounding:
            return self
        work = self.copy()
        object.__setattr__(work, 'flags', self.flags)
        object.__setattr__(work, 'traps', self.traps)
        work.rounding = rounding
        return work

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def clear_flags(self):
        for s in _SIGNALS:
            self.flags[s] = False

    def clear_traps(self):
        for s in _SIGNALS:
            self.traps[s] = False

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags),
                       dict(self.traps))

    __copy__ = copy

    def __reduce__(self):
        names = lambda d: [s for s in _SIGNALS if d[s]]
        return Context, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
                         names(self.flags), names(self.traps))

    def __repr__(self):
        names = lambda d: '[' + ', '.join(s.__name__ for s in _SIGNALS if d[s]) + ']'
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, '
                f'capitals={self.capitals}, clamp={self.clamp}, flags={names(self.flags)}, traps={names(self.traps)})')

    def create_decimal(self, num='0'):
        if isinstance(num, str) and (num != num.strip() or '_' in num):
            return self._raise(ConversionSyntax, _new(0, 0, 0, _NAN))
        d = Decimal(num, self)
        if d.is_nan() and _length(d._int) > self.prec - self.clamp:
            return self._raise(ConversionSyntax, _new(0, 0, 0, _NAN))
        return d._fix(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fix(self)

    def is_canonical(self, a):
        return a.is_canonical()

    def canonical(self, a):
        return a.canonical()

    def radix(self):
        return Decimal(10)


class _SignalDict(dict):
    def __setitem__(self, key, value):
        if key not in _SIGNALS:
            raise KeyError('invalid error flag')
        super().__setitem__(key, bool(value))

    def __delitem__(self, key):
        raise ValueError('signal keys cannot be deleted')

    def __repr__(self):
        return '{' + ', '.join(f'{s!r}:{v}' for s, v in self.items()) + '}'

    def copy(self):
        return dict(self)


def _of_one(method):
    return lambda self, a: method(_required(a), context=self)


def _of_two(method):
    return lambda self, a, b: method(_required(a), _required(b), context=self)


def _plain(method):
    return lambda self, *args: method(*map(_required, args))


for _name, _method in {
    'abs': Decimal.__abs__, 'plus': Decimal.__pos__, 'minus': Decimal.__neg__, 'sqrt': Decimal.sqrt,
    'exp': Decimal.exp, 'ln': Decimal.ln, 'log10': Decimal.log10, 'logb': Decimal.logb,
    'normalize': Decimal.normalize, 'next_plus': Decimal.next_plus, 'next_minus': Decimal.next_minus,
    'number_class': Decimal.number_class, 'is_normal': Decimal.is_normal, 'is_subnormal': Decimal.is_subnormal,
    'to_integral_value': Decimal.to_integral_value, 'to_integral': Decimal.to_integral_value,
    'to_integral_exact': Decimal.to_integral_exact, 'to_eng_string': Decimal.to_eng_string,
}.items():
    setattr(Context, _name, _of_one(_method))
for _name, _method in {
    'add': Decimal.__add__, 'subtract': Decimal.__sub__, 'multiply': Decimal.__mul__, 'divide': Decimal.__truediv__,
    'divide_int': Decimal.__floordiv__, 'remainder': Decimal.__mod__, 'remainder_near': Decimal.remainder_near,
    'divmod': Decimal.__divmod__, 'compare': Decimal.compare, 'compare_signal': Decimal.compare_signal,
    'compare_total': Decimal.compare_total, 'compare_total_mag': Decimal.compare_total_mag, 'max': Decimal.max,
    'min': Decimal.min, 'max_mag': Decimal.max_mag, 'min_mag': Decimal.min_mag, 'quantize': Decimal.quantize,
    'scaleb': Decimal.scaleb, 'next_toward': Decimal.next_toward,
}.items():
    setattr(Context, _name, _of_two(_method))
for _name, _method in {
    'copy_abs': Decimal.copy_abs, 'copy_negate': Decimal.copy_negate, 'copy_sign': Decimal.copy_sign,
    'copy_decimal': Decimal, 'same_quantum': Decimal.same_quantum, 'is_nan': Decimal.is_nan,
    'is_qnan': Decimal.is_qnan, 'is_snan': Decimal.is_snan, 'is_infinite': Decimal.is_infinite,
    'is_finite': Decimal.is_finite, 'is_signed': Decimal.is_signed, 'is_zero': Decimal.is_zero,
    'to_sci_string': Decimal.__str__,
}.items():
    setattr(Context, _name, _plain(_method))
Context.power = lambda self, a, b, modulo=None: _required(a).__pow__(_required(b), modulo, context=self)
Context.fma = lambda self, a, b, c: _required(a).fma(b, c, context=self)
del _name, _method

DefaultContext = None
DefaultContext = Context(
    28, ROUND_HALF_EVEN, -999999, 999999, 1, 0, [], [DivisionByZero, Overflow, InvalidOperation])
BasicContext = Context(
    9, ROUND_HALF_UP, -999999, 999999, 1, 0, [], [DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, -999999, 999999, 1, 0, [], [])

_current = _contextvars.ContextVar('decimal_context')


def getcontext():
    try:
        return _current.get()
    except LookupError:
        context = DefaultContext.copy()
        _current.set(context)
        return context


def setcontext(context):
    if not isinstance(context, Context):
        raise TypeError('argument must be a context')
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _LocalContext:
    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.saved = getcontext()
        setcontext(self.context)
        return self.context

    def __exit__(self, *exc):
        setcontext(self.saved)


def localcontext(ctx=None, **kwargs):
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError('argument must be a context')
    context = ctx.copy()
    for key, value in kwargs.items():
        if key not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError(f"'{key}' is an invalid keyword argument for this function")
        setattr(context, key, value)
    return _LocalContext(context)
