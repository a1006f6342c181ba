/**
 * `repr()` of constants, for listings and messages.
 */
import type { ConstValue } from './code-unit';

function floatRepr(n: number): string {
  if (Number.isNaN(n)) return 'nan';
  if (!Number.isFinite(n)) return n > 0 ? 'inf' : '-inf';
  if (Object.is(n, -0)) return '-0.0';
  const [mantissa, exp] = n.toExponential().split('e') as [string, string];
  const exponent = Number(exp);
  if (exponent >= 16 || exponent < -4) {
    const abs = Math.abs(exponent);
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${abs < 10 ? `0${abs}` : abs}`;
  }
  const text = String(n);
  if (text.includes('e')) {
    const digits = mantissa.replace('-', '').replace('.', '');
    return `${n < 0 ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  return text.includes('.') ? text : `${text}.0`;
}

const complexPart = (n: number): string => floatRepr(n).replace(/\.0$/, '');

function complexRepr(real: number, imag: number): string {
  if (real === 0 && !Object.is(real, -0)) return `${complexPart(imag)}j`;
  const im = complexPart(imag);
  return `(${complexPart(real)}${im.startsWith('-') ? '' : '+'}${im}j)`;
}

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0');

/** Code points that repr() shows as they are: neither separators (but the space) nor other, unassigned or private. */
const isPrintable = (ch: string): boolean => ch === ' ' || !/[\p{Z}\p{C}]/u.test(ch);

export function strRepr(s: string): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = quote;
  for (const ch of s) {
    const cp = ch.codePointAt(0)!;
    if (ch === quote || ch === '\\') out += `\\${ch}`;
    else if (ch === '\n') out += '\\n';
    else if (ch === '\r') out += '\\r';
    else if (ch === '\t') out += '\\t';
    else if (cp < 0x20 || cp === 0x7f) out += `\\x${hex(cp, 2)}`;
    else if (cp < 0x7f || isPrintable(ch)) out += ch;
    else if (cp <= 0xff) out += `\\x${hex(cp, 2)}`;
    else out += cp <= 0xffff ? `\\u${hex(cp, 4)}` : `\\U${hex(cp, 8)}`;
  }
  return out + quote;
}

function bytesRepr(b: Uint8Array): string {
  const quote = b.includes(39) && !b.includes(34) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of b) {
    const ch = String.fromCharCode(byte);
    if (ch === quote || ch === '\\') out += `\\${ch}`;
    else if (ch === '\n') out += '\\n';
    else if (ch === '\r') out += '\\r';
    else if (ch === '\t') out += '\\t';
    else out += byte < 0x20 || byte >= 0x7f ? `\\x${hex(byte, 2)}` : ch;
  }
  return out + quote;
}

export function constRepr(v: ConstValue): string {
  switch (v.kind) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'bool':
      return v.value ? 'True' : 'False';
    case 'int':
      return String(v.value);
    case 'float':
      return floatRepr(v.value);
    case 'complex':
      return complexRepr(v.real, v.imag);
    case 'str':
      return strRepr(v.value);
    case 'bytes':
      return bytesRepr(v.value);
    case 'tuple':
      return `(${v.items.map(constRepr).join(', ')}${v.items.length === 1 ? ',' : ''})`;
    case 'frozenset':
      return v.items.length === 0 ? 'frozenset()' : `frozenset({${v.items.map(constRepr).join(', ')}})`;
    case 'slice':
      return `slice(${constRepr(v.start)}, ${constRepr(v.stop)}, ${constRepr(v.step)})`;
    case 'code':
      return `<code object ${v.value.name}, file "${v.value.filename}", line ${v.value.firstlineno}>`;
  }
}
