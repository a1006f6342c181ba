/**
 * Constants as the compiler compares them (_PyCode_ConstantKey in Objects/codeobject.c): two constants share a place in
 * `co_consts` only if type and value are the same, so that 1, 1.0 and True, or 0.0 and -0.0, stay apart.
 */
import type { CodeUnit, ConstValue } from './code-unit';

export const NONE: ConstValue = { kind: 'none' };
export const int = (value: number | bigint): ConstValue => ({ kind: 'int', value: BigInt(value) });
export const str = (value: string): ConstValue => ({ kind: 'str', value });
export const bool = (value: boolean): ConstValue => ({ kind: 'bool', value });
export const float = (value: number): ConstValue => ({ kind: 'float', value });
export const tuple = (items: ConstValue[]): ConstValue => ({ kind: 'tuple', items });

const floatKey = (n: number): string => (Object.is(n, -0) ? '-0' : String(n));

/** A NaN equals only itself: each one that folding makes is a constant of its own. */
const nanKeys = new WeakMap<ConstValue, string>();
let nextNan = 0;

function nanKey(v: ConstValue): string {
  let key = nanKeys.get(v);
  if (key === undefined) {
    key = `nan${nextNan++}`;
    nanKeys.set(v, key);
  }
  return key;
}

const codeKeys = new WeakMap<CodeUnit, string>();

/**
 * Code objects are equal if everything in them is: a `finally` body compiled twice gives its lambda once. The key is a
 * digest, as functions within functions would make each other's keys longer and longer.
 */
function codeKey(u: CodeUnit): string {
  let key = codeKeys.get(u);
  if (key === undefined) {
    const text = [
      u.name,
      u.qualname,
      u.firstlineno,
      u.argcount,
      u.posonlyargcount,
      u.kwonlyargcount,
      u.flags,
      u.localsplusnames.join(),
      u.names.join(),
      u.ops.join(),
      u.args.join(),
      u.positions.join(),
      u.exceptiontable.join(),
      u.consts.map(constKey).join(),
    ].join(' ');
    key = `code ${u.name} ${text.length} ${digest(text)}`;
    codeKeys.set(u, key);
  }
  return key;
}

/** 64 bits of a text, in two lanes. */
function digest(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}

export function constKey(v: ConstValue): string {
  switch (v.kind) {
    case 'none':
      return 'N';
    case 'ellipsis':
      return 'E';
    case 'bool':
      return v.value ? 'T' : 'F';
    case 'int':
      return `i${v.value}`;
    case 'float':
      return Number.isNaN(v.value) ? nanKey(v) : `f${floatKey(v.value)}`;
    case 'complex':
      return Number.isNaN(v.real) || Number.isNaN(v.imag) ? nanKey(v) : `c${floatKey(v.real)},${floatKey(v.imag)}`;
    case 'str':
      return `s${v.value.length}:${v.value}`;
    case 'bytes':
      return `b${v.value.length}:${v.value.join()}`;
    case 'tuple':
      return `(${v.items.map(constKey).join(' ')})`;
    case 'frozenset':
      return `{${v.items.map(constKey).sort().join(' ')}}`;
    case 'slice':
      return `[${constKey(v.start)}:${constKey(v.stop)}:${constKey(v.step)}]`;
    case 'code':
      return codeKey(v.value);
  }
}

/** A key under which Python's `==` (and so set membership) sees two constants as the same. */
export function equalityKey(v: ConstValue): string {
  switch (v.kind) {
    case 'bool':
      return v.value ? 'i1' : 'i0';
    case 'float':
      return Number.isInteger(v.value) ? `i${BigInt(v.value)}` : `f${v.value}`;
    case 'complex':
      return v.imag === 0 ? equalityKey(float(v.real)) : `c${v.real},${v.imag}`;
    case 'tuple':
      return `(${v.items.map(equalityKey).join(' ')})`;
    case 'frozenset':
      return `{${v.items.map(equalityKey).sort().join(' ')}}`;
    default:
      return constKey(v);
  }
}

/** A frozenset of the items: of equal ones the first stays. */
export function frozenset(items: readonly ConstValue[]): ConstValue {
  const seen = new Set<string>();
  const kept = items.filter((item) => {
    const key = equalityKey(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { kind: 'frozenset', items: kept };
}

export function isTrue(v: ConstValue): boolean {
  switch (v.kind) {
    case 'none':
      return false;
    case 'bool':
      return v.value;
    case 'int':
      return v.value !== 0n;
    case 'float':
      return v.value !== 0;
    case 'complex':
      return v.real !== 0 || v.imag !== 0;
    case 'str':
    case 'bytes':
      return v.value.length > 0;
    case 'tuple':
    case 'frozenset':
      return v.items.length > 0;
    default:
      return true;
  }
}
