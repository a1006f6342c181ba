/**
 * `cmath` (Modules/cmathmodule.c), by the textbook formulas.
 * DIFFERS: the last bits of inverse functions near their branch cuts, and some signs of zeros and NaNs there.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { complexValue, isComplex, newComplex, type Complex } from '../objects/complex';
import { newFloat } from '../objects/float';
import { asDouble } from '../objects/number-convert';
import { typeLookup } from '../objects/type-lookup';
import { newTuple } from '../objects/tuple';
import { typeName } from '../objects/abstract';
import { callSpecial } from '../objects/slotdefs';
import type { NativeModule } from '../modules/define';
import * as libm from '../modules/libm';
import type { Interpreter } from '../vm/interpreter';

/** `PyComplex_AsCComplex`: null with an exception. */
function asComplex(ip: Interpreter, h: Handle): Complex | null {
  if (isComplex(ip, h)) return complexValue(ip, h);
  if (typeLookup(ip, ip.tp(h), ip.id('__complex__')) !== 0) {
    const r = callSpecial(ip, h, '__complex__', []);
    if (r === 0) return null;
    const value = isComplex(ip, r) ? complexValue(ip, r) : null;
    if (value === null) ip.raise('TypeError', `__complex__ returned non-complex (type ${typeName(ip, r)})`);
    ip.decref(r);
    return value;
  }
  const x = asDouble(ip, h);
  return x === null ? null : { real: x, imag: 0 };
}

const z = (real: number, imag: number): Complex => ({ real, imag });
const abs = (a: Complex): number => Math.hypot(a.real, a.imag);
const phase = (a: Complex): number => Math.atan2(a.imag, a.real);
const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;

function sqrt(a: Complex): Complex {
  if (a.real === 0 && a.imag === 0) return z(0, a.imag);
  if (isInfinite(a.imag)) return z(Infinity, a.imag);
  const s = 2 * Math.sqrt(Math.abs(a.real) / 8 + abs(z(a.real / 8, a.imag / 8)));
  const d = Math.abs(a.imag) / (2 * s);
  const sign = a.imag < 0 || Object.is(a.imag, -0) ? -1 : 1;
  return a.real >= 0 ? z(s, sign * d) : z(d, sign * s);
}
function exp(a: Complex): Complex {
  const r = libm.exp(a.real);
  if (a.imag === 0) return z(r, a.imag);
  return z(r * libm.cos(a.imag), r * libm.sin(a.imag));
}
const log = (a: Complex): Complex => {
  const h = abs(a);
  // Near the unit circle the absolute value tells little.
  const near = h > 0.71 && h < 1.73;
  const big = Math.max(Math.abs(a.real), Math.abs(a.imag));
  const small = Math.min(Math.abs(a.real), Math.abs(a.imag));
  return z(near ? Math.log1p((big - 1) * (big + 1) + small * small) / 2 : libm.log(h), phase(a));
};
const sinh = (a: Complex): Complex => z(libm.cos(a.imag) * libm.sinh(a.real), libm.sin(a.imag) * libm.cosh(a.real));
const cosh = (a: Complex): Complex => z(libm.cos(a.imag) * libm.cosh(a.real), libm.sin(a.imag) * libm.sinh(a.real));
function tanh(a: Complex): Complex {
  if (Math.abs(a.real) > 350) {
    return z(Math.sign(a.real), 4 * libm.sin(a.imag) * libm.cos(a.imag) * libm.exp(-2 * Math.abs(a.real)));
  }
  const tx = libm.tanh(a.real);
  const ty = Math.tan(a.imag);
  const cx = 1 / libm.cosh(a.real);
  const t = tx * ty;
  const d = 1 + t * t;
  return z((tx * (1 + ty * ty)) / d, (ty / d) * cx * cx);
}
/** f(z) of the circular functions by f(iz) of the hyperbolic ones. */
const turned =
  (f: (a: Complex) => Complex) =>
  (a: Complex): Complex => {
    const r = f(z(-a.imag, a.real));
    return z(r.imag, -r.real);
  };
function acos(a: Complex): Complex {
  const s1 = sqrt(z(1 - a.real, -a.imag));
  const s2 = sqrt(z(1 + a.real, a.imag));
  return z(2 * Math.atan2(s1.real, s2.real), libm.asinh(s2.real * s1.imag - s2.imag * s1.real));
}
function acosh(a: Complex): Complex {
  const s1 = sqrt(z(a.real - 1, a.imag));
  const s2 = sqrt(z(a.real + 1, a.imag));
  return z(libm.asinh(s1.real * s2.real + s1.imag * s2.imag), 2 * Math.atan2(s1.imag, s2.real));
}
function asinh(a: Complex): Complex {
  const s1 = sqrt(z(1 + a.imag, -a.real));
  const s2 = sqrt(z(1 - a.imag, a.real));
  return z(
    libm.asinh(s1.real * s2.imag - s2.real * s1.imag),
    Math.atan2(a.imag, s1.real * s2.real - s1.imag * s2.imag),
  );
}
function atanh(a: Complex): Complex {
  if (a.real < 0 || Object.is(a.real, -0)) {
    const r = atanh(z(-a.real, -a.imag));
    return z(-r.real, -r.imag);
  }
  const ay = Math.abs(a.imag);
  if (a.real === 1 && ay === 0) return z(Infinity, NaN);
  const d = (1 - a.real) * (1 - a.real) + ay * ay;
  return z(Math.log1p((4 * a.real) / d) / 4, -Math.atan2(-2 * a.imag, (1 - a.real) * (1 + a.real) - ay * ay) / 2);
}

const domain = (ip: Interpreter): 0 => ip.raise('ValueError', 'math domain error');

/** One argument; a result that is no number, of a number, is a domain error or an overflow. */
function unary(f: (a: Complex) => Complex, isPole: (a: Complex) => boolean = () => false): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const a = asComplex(ip, x);
      if (a === null) return 0;
      if (isPole(a)) return domain(ip);
      const r = f(a);
      if (Number.isFinite(a.real) && Number.isFinite(a.imag)) {
        if (isInfinite(r.real) || isInfinite(r.imag)) return ip.raise('OverflowError', 'math range error');
        if (Number.isNaN(r.real) || Number.isNaN(r.imag)) return domain(ip);
      }
      return newComplex(ip, r.real, r.imag);
    },
  };
}

const asked = (f: (a: Complex) => boolean): MethodDef => ({
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const a = asComplex(ip, x);
    return a === null ? 0 : ip.bool(f(a));
  },
});
const isZero = (a: Complex): boolean => a.real === 0 && a.imag === 0;

export const cmathModule: NativeModule = {
  name: 'cmath',
  methods: {
    sqrt: unary(sqrt),
    exp: unary(exp),
    sin: unary(turned(sinh)),
    cos: unary((a) => cosh(z(-a.imag, a.real))),
    tan: unary(turned(tanh)),
    sinh: unary(sinh),
    cosh: unary(cosh),
    tanh: unary(tanh),
    asin: unary(turned(asinh)),
    acos: unary(acos),
    atan: unary(turned(atanh)),
    asinh: unary(asinh),
    acosh: unary(acosh),
    atanh: unary(atanh, (a) => a.imag === 0 && Math.abs(a.real) === 1),
    log10: unary((a) => {
      const r = log(a);
      return z(r.real / Math.LN10, r.imag / Math.LN10);
    }, isZero),
    log: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (ip: Interpreter, _m, [x, base]) => {
        const a = asComplex(ip, x!);
        const b = a === null || base === undefined ? null : asComplex(ip, base);
        if (a === null || ip.currentException !== 0) return 0;
        if (isZero(a) || (b !== null && isZero(b))) return domain(ip);
        const top = log(a);
        if (b === null) return newComplex(ip, top.real, top.imag);
        const below = log(b);
        const x1 = newComplex(ip, top.real, top.imag);
        const x2 = newComplex(ip, below.real, below.imag);
        const r = ip.types.complex.nb_true_divide!(ip, x1, x2);
        ip.decref(x1);
        ip.decref(x2);
        return r;
      },
    },
    phase: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        const a = asComplex(ip, x);
        return a === null ? 0 : newFloat(ip, phase(a));
      },
    },
    polar: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        const a = asComplex(ip, x);
        return a === null ? 0 : newTuple(ip, [newFloat(ip, abs(a)), newFloat(ip, phase(a))]);
      },
    },
    rect: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [radius, angle]) => {
        const r = asDouble(ip, radius!);
        const phi = r === null ? null : asDouble(ip, angle!);
        if (r === null || phi === null) return 0;
        if (isInfinite(phi) && r !== 0) return domain(ip);
        return phi === 0 ? newComplex(ip, r, r * phi) : newComplex(ip, r * libm.cos(phi), r * libm.sin(phi));
      },
    },
    isnan: asked((a) => Number.isNaN(a.real) || Number.isNaN(a.imag)),
    isinf: asked((a) => isInfinite(a.real) || isInfinite(a.imag)),
    isfinite: asked((a) => Number.isFinite(a.real) && Number.isFinite(a.imag)),
    isclose: {
      kind: 'clinic',
      params: 'a, b, *, rel_tol=, abs_tol=',
      fn: (ip: Interpreter, _m, [x, y, relArg, absArg]) => {
        const a = asComplex(ip, x!);
        const b = a === null ? null : asComplex(ip, y!);
        if (a === null || b === null) return 0;
        const rel = relArg === 0 ? 1e-9 : asDouble(ip, relArg!);
        const tolerance = rel === null ? null : absArg === 0 ? 0 : asDouble(ip, absArg!);
        if (rel === null || tolerance === null) return 0;
        if (rel < 0 || tolerance < 0) return ip.raise('ValueError', 'tolerances must be non-negative');
        if (a.real === b.real && a.imag === b.imag) return ip.True;
        if ([a, b].some((c) => isInfinite(c.real) || isInfinite(c.imag))) return ip.False;
        const d = abs(z(a.real - b.real, a.imag - b.imag));
        return ip.bool(d <= rel * abs(b) || d <= rel * abs(a) || d <= tolerance);
      },
    },
  },
  values: (ip): Record<string, Handle> => ({
    pi: newFloat(ip, Math.PI),
    e: newFloat(ip, Math.E),
    tau: newFloat(ip, 2 * Math.PI),
    inf: newFloat(ip, Infinity),
    infj: newComplex(ip, 0, Infinity),
    nan: newFloat(ip, NaN),
    nanj: newComplex(ip, 0, NaN),
  }),
};
