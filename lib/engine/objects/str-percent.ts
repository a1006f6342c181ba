/** `text % values` (Objects/unicodeobject.c, `PyUnicode_Format`), and the same for bytes (Objects/bytesobject.c). */
import type { Handle } from '../heap/layout';
import { getItem, isInt, isStr, isTuple, numberIndex, repr, str, typeName } from './abstract';
import { bytesValue, newBytes } from './bytes';
import { callDunderBytes } from './bytes-convert';
import { formatDouble, isNegative } from './float-repr';
import { INT_LEAF, INT_VALUE, intToBigInt, intToIndex } from './int';
import { bigToDecimal } from './int-text';
import { asDouble, bytesLike, latin1Text, numberLong } from './number-convert';
import type { Runtime } from './runtime';
import { strFrom, strLength, strValue } from './str';
import { unchanged } from './str-ops';
import { asciiOfRepr } from './str-repr';
import { tupleItems } from './tuple';

interface Directive {
  minus: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  width: number;
  precision: number;
}

class Failed extends Error {}

/** What differs between text and bytes. */
type Mode = 'str' | 'bytes';

class Percent {
  private index = 0;
  private usedMapping = false;
  /** The str that the last %s, %r or %a put in unchanged, owned, or 0. */
  private last: Handle = 0;
  /** The one str that is the whole result, owned, or 0: it is returned itself (_PyUnicodeWriter's read-only buffer). */
  whole: Handle = 0;
  private readonly items: readonly Handle[];
  private readonly single: boolean;

  constructor(
    private readonly rt: Runtime,
    private readonly values: Handle,
    private readonly mode: Mode,
  ) {
    this.single = !isTuple(rt, values);
    this.items = this.single ? [values] : tupleItems(rt, values);
  }

  private fail(type: 'TypeError' | 'ValueError' | 'OverflowError', message: string): never {
    this.rt.raise(type, message);
    throw new Failed();
  }

  /** A dict, say: neither tuple nor text, but with items. */
  private isMapping(): boolean {
    const { rt, values } = this;
    const text = this.mode === 'str' ? isStr(rt, values) : bytesLike(rt, values) !== null;
    return rt.tp(values).mp_subscript !== null && this.single && !text;
  }

  /** The next value, borrowed. */
  private next(): Handle {
    if (this.index >= this.items.length) this.fail('TypeError', 'not enough arguments for format string');
    return this.items[this.index++]!;
  }

  build(format: string): string {
    let out = '';
    let i = 0;
    while (i < format.length) {
      const at = format.indexOf('%', i);
      if (at < 0) {
        out += format.slice(i);
        break;
      }
      if (at > i) out += format.slice(i, at);
      const digits = this.plainInt(format, at + 1);
      if (digits !== '') {
        out += digits;
        i = at + 2;
        continue;
      }
      const r = this.directive(format, at + 1);
      i = r.end;
      if (out === '' && i === format.length) this.whole = this.last;
      else this.rt.xdecref(this.last);
      this.last = 0;
      out += r.text;
    }
    if (this.index < this.items.length && !this.usedMapping && !(this.single && this.isMapping())) {
      this.fail(
        'TypeError',
        `not all arguments converted during ${this.mode === 'str' ? 'string' : 'bytes'} formatting`,
      );
    }
    return out;
  }

  /** The digits of the next value if it is a bare `%d` of an int of one word, else ''. */
  private plainInt(format: string, i: number): string {
    const { rt, items, index } = this;
    if (format.charCodeAt(i) !== 0x64 || index >= items.length) return '';
    const value = items[index]!;
    if (!rt.is(value, rt.types.int) || rt.mem[value + INT_LEAF] !== 0) return '';
    this.index = index + 1;
    return String(rt.mem[value + INT_VALUE]!);
  }

  private directive(format: string, start: number): { text: string; end: number } {
    const { rt } = this;
    let i = start;
    let value = 0;
    if (format[i] === '(') {
      if (!this.isMapping()) this.fail('TypeError', 'format requires a mapping');
      let depth = 1;
      const from = ++i;
      while (i < format.length && depth > 0) {
        if (format[i] === ')') depth--;
        else if (format[i] === '(') depth++;
        i++;
      }
      if (depth > 0) this.fail('ValueError', 'incomplete format key');
      const key = this.key(format.slice(from, i - 1));
      value = getItem(rt, this.values, key);
      rt.decref(key);
      if (value === 0) throw new Failed();
      this.usedMapping = true;
    }
    const owned = value;
    try {
      const d: Directive = {
        minus: false,
        plus: false,
        space: false,
        alternate: false,
        zero: false,
        width: -1,
        precision: -1,
      };
      for (; i < format.length; i++) {
        const c = format[i];
        if (c === '-') d.minus = true;
        else if (c === '+') d.plus = true;
        else if (c === ' ') d.space = true;
        else if (c === '#') d.alternate = true;
        else if (c === '0') d.zero = true;
        else break;
      }
      const number = (what: 'width' | 'precision'): number => {
        if (format[i] === '*') {
          i++;
          const v = this.next();
          if (!isInt(rt, v)) this.fail('TypeError', '* wants int');
          const n = intToIndex(rt, v);
          if (!Number.isFinite(n) || Math.abs(n) > 2 ** 62)
            this.fail('OverflowError', 'Python int too large to convert to C ssize_t');
          return n;
        }
        const from = i;
        while (i < format.length && format[i]! >= '0' && format[i]! <= '9') i++;
        const n = from === i ? (what === 'width' ? -1 : 0) : Number(format.slice(from, i));
        if (n >= 2 ** 63 || (what === 'precision' && n > 2147483647)) {
          this.fail(
            'ValueError',
            what === 'width' ? 'width too big' : `${this.mode === 'str' ? 'precision' : 'prec'} too big`,
          );
        }
        return n;
      };
      d.width = number('width');
      if (d.width < -1) {
        d.minus = true;
        d.width = -d.width;
      } else if (d.width === -1 && format[i - 1] === '*') {
        d.minus = true;
        d.width = 1;
      }
      if (format[i] === '.') {
        i++;
        d.precision = Math.max(0, number('precision'));
      }
      if (format[i] === 'h' || format[i] === 'l' || format[i] === 'L') i++;
      if (i >= format.length) this.fail('ValueError', 'incomplete format');
      const code = String.fromCodePoint(format.codePointAt(i)!);
      const at = i;
      i += code.length;
      if (code === '%' && at === start) return { text: '%', end: i };
      if (owned === 0) value = this.next();
      if (d.width > 1 << 28 || d.precision > 1 << 28) {
        rt.raise('MemoryError', '');
        throw new Failed();
      }
      return { text: this.format(code, value, d, at), end: i };
    } finally {
      if (owned !== 0) rt.decref(owned);
    }
  }

  private key(text: string): Handle {
    if (this.mode === 'str') return strFrom(this.rt, text);
    return newBytes(
      this.rt,
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
    );
  }

  private format(code: string, value: Handle, d: Directive, at: number): string {
    switch (code) {
      case 's':
      case 'r':
      case 'a':
        return pad(this.text(code, value, d), d);
      case 'b':
        if (this.mode === 'bytes') return pad(this.text('s', value, d), d);
        break;
      case 'c': {
        const c = this.character(value);
        return pad(c, d, 1);
      }
      case 'd':
      case 'i':
      case 'u':
        return padNumber(this.integer(value, code, d), d);
      case 'o':
      case 'x':
      case 'X':
        return padNumber(this.integer(value, code, d), d);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        const x = asDouble(this.rt, value);
        if (x === null) {
          if (this.mode === 'bytes' && this.rt.errorMatches('TypeError')) {
            this.rt.clearError();
            this.fail('TypeError', `float argument required, not ${typeName(this.rt, value)}`);
          }
          throw new Failed();
        }
        const text = formatDouble(x, code, d.precision < 0 ? 6 : d.precision, d.alternate);
        return padNumber({ sign: isNegative(x) ? '-' : '', prefix: '', digits: text }, d);
      }
    }
    const n = code.codePointAt(0)!;
    const shown = n >= 32 && n < 127 ? code : this.mode === 'str' ? '?' : code;
    return this.fail('ValueError', `unsupported format character '${shown}' (0x${n.toString(16)}) at index ${at}`);
  }

  private text(code: 's' | 'r' | 'a', value: Handle, d: Directive): string {
    const { rt } = this;
    let text: string;
    if (this.mode === 'bytes' && code === 's') {
      text = latin1Text(this.bytesOf(value));
    } else {
      const r = code === 's' ? str(rt, value) : repr(rt, value);
      if (r === 0) throw new Failed();
      text = strValue(rt, r);
      const length = strLength(rt, r);
      const cut = d.precision >= 0 && d.precision < length;
      const kept = code !== 'a' && this.mode === 'str' && rt.is(r, rt.types.str) && !cut && d.width <= length;
      if (kept) this.last = r;
      else rt.decref(r);
      if (code === 'a' || this.mode === 'bytes') text = asciiOfRepr(text);
    }
    if (d.precision < 0) return text;
    return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(0, d.precision).join('') : text.slice(0, d.precision);
  }

  private bytesOf(value: Handle): Uint8Array {
    const { rt } = this;
    const data = bytesLike(rt, value);
    if (data !== null) return data;
    const made = callDunderBytes(rt, value);
    if (made === null) {
      return this.fail(
        'TypeError',
        `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(rt, value)}'`,
      );
    }
    if (made === 0) throw new Failed();
    const copy = bytesValue(rt, made).slice();
    rt.decref(made);
    return copy;
  }

  private character(value: Handle): string {
    const { rt, mode } = this;
    if (mode === 'bytes') {
      const data = bytesLike(rt, value);
      if (data !== null && data.length === 1) return String.fromCharCode(data[0]!);
      if (data === null && rt.tp(value).nb_index !== null) {
        const n = this.index1(value);
        if (n < 0 || n > 255) this.fail('OverflowError', '%c arg not in range(256)');
        return String.fromCharCode(n);
      }
      const shown = data === null || rt.facts.name === '3.13' ? '' : typeName(rt, value);
      return this.fail(
        'TypeError',
        rt.facts.name === '3.13'
          ? '%c requires an integer in range(256) or a single byte'
          : data !== null
            ? `%c requires an integer in range(256) or a single byte, not a ${shown} object of length ${data.length}`
            : `%c requires an integer in range(256) or a single byte, not ${typeName(rt, value)}`,
      );
    }
    if (isStr(rt, value)) {
      if (strLength(rt, value) === 1) return strValue(rt, value);
      return this.fail(
        'TypeError',
        rt.facts.name === '3.13'
          ? '%c requires int or char'
          : `%c requires an int or a unicode character, not a string of length ${strLength(rt, value)}`,
      );
    }
    if (rt.tp(value).nb_index === null) {
      return this.fail(
        'TypeError',
        rt.facts.name === '3.13'
          ? '%c requires int or char'
          : `%c requires an int or a unicode character, not ${typeName(rt, value)}`,
      );
    }
    const n = this.index1(value);
    if (n < 0 || n > 0x10ffff) this.fail('OverflowError', '%c arg not in range(0x110000)');
    return String.fromCodePoint(n);
  }

  private index1(value: Handle): number {
    const i = numberIndex(this.rt, value);
    if (i === 0) throw new Failed();
    const n = intToIndex(this.rt, i);
    this.rt.decref(i);
    return n;
  }

  private integer(value: Handle, code: string, d: Directive): NumberText {
    const { rt } = this;
    const decimal = 'diu'.includes(code);
    let n: bigint;
    if (isInt(rt, value)) {
      n = intToBigInt(rt, value);
    } else {
      const tp = rt.tp(value);
      if (tp.nb_index === null && (!decimal || tp.nb_int === null)) {
        this.fail(
          'TypeError',
          `%${code} format: ${decimal ? 'a real number' : 'an integer'} is required, not ${tp.name}`,
        );
      }
      const i = decimal ? numberLong(rt, value) : numberIndex(rt, value);
      if (i === 0) throw new Failed();
      n = intToBigInt(rt, i);
      rt.decref(i);
    }
    const magnitude = n < 0n ? -n : n;
    const radix = decimal ? 10 : code === 'o' ? 8 : 16;
    let digits = radix === 10 ? bigToDecimal(rt, magnitude) : magnitude.toString(radix);
    if (digits === null) throw new Failed();
    if (d.precision > digits.length) digits = digits.padStart(d.precision, '0');
    let prefix = d.alternate && radix !== 10 ? `0${code}` : '';
    if (code === 'X') {
      digits = digits.toUpperCase();
      prefix = d.alternate ? '0X' : '';
    }
    return { sign: n < 0n ? '-' : '', prefix, digits };
  }
}

interface NumberText {
  sign: string;
  prefix: string;
  digits: string;
}

function pad(text: string, d: Directive, length = -1): string {
  const n = length >= 0 ? length : /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
  if (n >= d.width) return text;
  const fill = ' '.repeat(d.width - n);
  return d.minus ? text + fill : fill + text;
}

function padNumber(t: NumberText, d: Directive): string {
  const sign = t.sign !== '' ? t.sign : d.plus ? '+' : d.space ? ' ' : '';
  const missing = d.width - sign.length - t.prefix.length - t.digits.length;
  if (missing <= 0) return sign + t.prefix + t.digits;
  if (d.minus) return sign + t.prefix + t.digits + ' '.repeat(missing);
  return d.zero ? sign + t.prefix + '0'.repeat(missing) + t.digits : ' '.repeat(missing) + sign + t.prefix + t.digits;
}

/** `format % values`: a new str. */
export function percentStr(rt: Runtime, format: Handle, values: Handle): Handle {
  const p = new Percent(rt, values, 'str');
  const template = strValue(rt, format);
  const text = run(p, template);
  const { whole } = p;
  if (text === null) {
    rt.xdecref(whole);
    return 0;
  }
  if (whole !== 0) return whole;
  return template.includes('%') ? strFrom(rt, text) : unchanged(rt, format);
}

/** The same for bytes: Latin-1 text, or null with an exception. */
export function percentBytes(rt: Runtime, format: string, values: Handle): string | null {
  return run(new Percent(rt, values, 'bytes'), format);
}

function run(p: Percent, format: string): string | null {
  try {
    return p.build(format);
  } catch (error) {
    if (error instanceof Failed) return null;
    throw error;
  }
}
