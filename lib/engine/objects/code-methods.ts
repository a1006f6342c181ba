/**
 * What `dis`, `inspect` and `traceback` ask of a code object, and making one from parts (Objects/codeobject.c): the
 * byte forms, `co_positions`, `co_lines`, `replace`, equality.
 */
import { decodeCode, encodeCode, encodeExceptionTable, encodeLineTable, unitPositions } from '../compiler/code-bytes';
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, type CodeUnit, type Profile } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { CompareOp, type GetSetDef, type MethodDef } from '../heap/object';
import { asIndex, hash, isStr, isTuple, richCompareBool, typeName } from './abstract';
import { newBytes, bytesValue } from './bytes';
import { CO_CONSTS, CO_NAME, CO_NAMES, codeFromParts, codeRuntime } from './code';
import { params, parseArgs } from './getargs';
import { intFromNumber } from './int';
import { listIter } from './iter';
import { newList } from './list';
import type { Runtime } from './runtime';
import { strValue } from './str';
import { newTuple, tupleItems, tupleSize } from './tuple';

const unitOf = (rt: Runtime, h: Handle): CodeUnit => codeRuntime(rt, h).unit;
const profileOf = (rt: Runtime): Profile => rt.facts.name as Profile;

function bytesOf(encode: (u: CodeUnit, profile: Profile) => Uint8Array): GetSetDef {
  return { get: (rt: Runtime, h) => newBytes(rt, encode(unitOf(rt, h), profileOf(rt))) };
}

const optionalInt = (rt: Runtime, n: number): Handle => (n < 0 ? rt.None : intFromNumber(rt, n));

/** An iterator over tuples. DIFFERS: a list's, not one of its own type. */
function iterate(rt: Runtime, rows: Handle[]): Handle {
  const list = newList(rt, rows);
  const it = listIter(rt, list);
  rt.decref(list);
  return it;
}

/** `co_positions()`: line, end line, column, end column of each unit of two bytes. */
function positions(rt: Runtime, h: Handle): Handle {
  const all = unitPositions(unitOf(rt, h), profileOf(rt));
  const rows: Handle[] = [];
  for (let i = 0; i < all.length; i += 4)
    rows.push(
      newTuple(
        rt,
        [0, 1, 2, 3].map((k) => optionalInt(rt, all[i + k]!)),
      ),
    );
  return iterate(rt, rows);
}

/** Ranges of bytes of one line: [start, end, line], -1 for none. */
function lineRanges(u: CodeUnit, profile: Profile): [start: number, end: number, line: number][] {
  const all = unitPositions(u, profile);
  const out: [number, number, number][] = [];
  for (let i = 0; i < all.length; i += 4) {
    const line = all[i]!;
    const last = out.at(-1);
    if (last !== undefined && last[2] === line) last[1] += 2;
    else out.push([i / 2, i / 2 + 2, line]);
  }
  return out;
}

function lines(rt: Runtime, h: Handle): Handle {
  return iterate(
    rt,
    lineRanges(unitOf(rt, h), profileOf(rt)).map(([start, end, line]) =>
      newTuple(rt, [intFromNumber(rt, start), intFromNumber(rt, end), optionalInt(rt, line)]),
    ),
  );
}

/** `co_lnotab`, the old form of the line table (`decode_linetable`). */
function lnotab(rt: Runtime, h: Handle): Handle {
  if (!rt.warn('DeprecationWarning', 'co_lnotab is deprecated, use co_lines instead.')) return 0;
  const u = unitOf(rt, h);
  const out: number[] = [];
  let line = u.firstlineno;
  let code = 0;
  for (const [start, , at] of lineRanges(u, profileOf(rt))) {
    let delta = at < 0 ? 0 : at - line;
    if (delta === 0) continue;
    let bytes = start - code;
    for (; bytes > 255; bytes -= 255) out.push(255, 0);
    for (; delta < -128; delta += 128) {
      out.push(bytes, 128);
      bytes = 0;
    }
    for (; delta > 127; delta -= 127) {
      out.push(bytes, 127);
      bytes = 0;
    }
    out.push(bytes, delta & 0xff);
    line = at;
    code = start;
  }
  return newBytes(rt, Uint8Array.from(out));
}

// ---- from parts -----------------------------------------------------------------------------------------------------------

const FIELDS =
  'argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, ' +
  'filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=, cellvars=, /';
const CONSTRUCTOR = params('code', FIELDS);
const REPLACED =
  'co_argcount co_posonlyargcount co_kwonlyargcount co_nlocals co_stacksize co_flags co_code co_consts co_names ' +
  'co_varnames co_filename co_name co_qualname co_firstlineno co_linetable co_exceptiontable co_freevars co_cellvars';
const NAMES = REPLACED.split(' ');
const REPLACE = params('replace', `*, ${NAMES.map((n) => `${n}=`).join(', ')}`);

const INTS = [
  'co_argcount',
  'co_posonlyargcount',
  'co_kwonlyargcount',
  'co_nlocals',
  'co_stacksize',
  'co_flags',
  'co_firstlineno',
];
const BYTES = ['co_code', 'co_linetable', 'co_exceptiontable'];
const TUPLES = ['co_consts', 'co_names', 'co_varnames', 'co_freevars', 'co_cellvars'];

/** The kinds are right, and tuples of names have names. False with an exception. */
function checkPart(rt: Runtime, fname: string, field: string, position: number, h: Handle): boolean {
  const what = fname === 'replace' ? `'${field}'` : `${position + 1}`;
  const wrong = (expected: string): false => {
    rt.raise('TypeError', `${fname}() argument ${what} must be ${expected}, not ${typeName(rt, h)}`);
    return false;
  };
  if (BYTES.includes(field)) return rt.is(h, rt.types.bytes) || wrong('bytes');
  if (!TUPLES.includes(field)) return INTS.includes(field) || isStr(rt, h) || wrong('str');
  if (!isTuple(rt, h)) return wrong('tuple');
  if (field === 'co_consts') return true;
  for (const item of tupleItems(rt, h)) {
    if (isStr(rt, item)) continue;
    rt.raise('TypeError', `name tuples must contain only strings, not '${typeName(rt, item)}'`);
    return false;
  }
  return true;
}

interface Parts {
  readonly int: (field: string) => number;
  readonly names: (field: string) => string[];
  readonly bytes: (field: string) => Uint8Array;
  readonly handle: (field: string) => Handle;
}

/** `PyUnstable_Code_NewWithPosOnlyArgs`: new, or 0 with an exception. */
function build(
  rt: Runtime,
  parts: Parts,
  instructions: Pick<CodeUnit, 'ops' | 'args' | 'positions' | 'exceptiontable'> | null,
): Handle {
  if (instructions === null)
    return rt.raise('ValueError', 'code: the bytecode has instructions that are not supported');
  const { int, names } = parts;
  const [argcount, posonly, kwonly] = ['co_argcount', 'co_posonlyargcount', 'co_kwonlyargcount'].map(int) as [
    number,
    number,
    number,
  ];
  if (argcount < posonly || posonly < 0 || kwonly < 0 || int('co_stacksize') < 0 || int('co_flags') < 0)
    return rt.raise('ValueError', argcount < 0 ? 'code: argcount must not be negative' : 'code: bad arguments');
  const varnames = names('co_varnames');
  const flags = int('co_flags');
  const total = argcount + kwonly + ((flags & 4) !== 0 ? 1 : 0) + ((flags & 8) !== 0 ? 1 : 0);
  if (total > varnames.length) return rt.raise('ValueError', 'code: varnames is too small');
  if (int('co_nlocals') !== varnames.length) return rt.raise('ValueError', 'code: co_nlocals != len(co_varnames)');
  const cells = names('co_cellvars');
  const free = names('co_freevars');
  const localsplusnames = [...varnames, ...cells.filter((n) => !varnames.includes(n)), ...free];
  const kinds = localsplusnames.map((n, i) => {
    if (i >= localsplusnames.length - free.length) return CO_FAST_FREE;
    return (i < varnames.length ? CO_FAST_LOCAL : 0) | (cells.includes(n) ? CO_FAST_CELL : 0);
  });
  const unit: CodeUnit = {
    name: strValue(rt, parts.handle('co_name')),
    qualname: strValue(rt, parts.handle('co_qualname')),
    filename: strValue(rt, parts.handle('co_filename')),
    firstlineno: int('co_firstlineno'),
    argcount,
    posonlyargcount: posonly,
    kwonlyargcount: kwonly,
    flags,
    stacksize: int('co_stacksize'),
    localsplusnames,
    localspluskinds: Uint8Array.from(kinds),
    names: names('co_names'),
    consts: [],
    ops: instructions.ops,
    args: instructions.args,
    positions: instructions.positions,
    exceptiontable: instructions.exceptiontable,
  };
  return codeFromParts(rt, unit, parts.handle('co_consts'), parts.handle('co_filename'));
}

/** Reads parts that have been checked. null with an exception. */
function readParts(rt: Runtime, given: (field: string) => Handle): Parts | null {
  const ints = new Map<string, number>();
  for (const field of INTS) {
    const n = asIndex(rt, given(field), 'OverflowError');
    if (n === null) return null;
    ints.set(field, n);
  }
  return {
    int: (field) => ints.get(field)!,
    names: (field) => tupleItems(rt, given(field)).map((n) => strValue(rt, n)),
    bytes: (field) => bytesValue(rt, given(field)),
    handle: given,
  };
}

const decoded = (rt: Runtime, parts: Parts): ReturnType<typeof decodeCode> =>
  decodeCode(
    parts.bytes('co_code'),
    parts.bytes('co_linetable'),
    parts.bytes('co_exceptiontable'),
    parts.int('co_firstlineno'),
    profileOf(rt),
  );

/** `code(…)`. */
export function codeNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const given = parseArgs(rt, CONSTRUCTOR, args, kwnames);
  if (given === null) return 0;
  for (const [i, h] of given.entries()) if (h !== 0 && !checkPart(rt, 'code', NAMES[i]!, i, h)) return 0;
  const parts = readParts(rt, (field) => given[NAMES.indexOf(field)] || rt.emptyTuple);
  return parts === null ? 0 : build(rt, parts, decoded(rt, parts));
}

/** `code.replace(…)`. */
function replace(rt: Runtime, h: Handle, args: Handle[]): Handle {
  for (const [i, x] of args.entries()) if (x !== 0 && !checkPart(rt, 'replace', NAMES[i]!, i, x)) return 0;
  const owned: Handle[] = [];
  const given = (field: string): Handle => {
    const at = NAMES.indexOf(field);
    if (args[at] === 0) {
      args[at] = rt.tp(h).tp_getattro!(rt, h, rt.id(field));
      owned.push(args[at]!);
    }
    return args[at]!;
  };
  const rewritten = BYTES.some((field) => args[NAMES.indexOf(field)] !== 0);
  const moved = args[NAMES.indexOf('co_firstlineno')] !== 0;
  // A new set of variables without a new number of them: CPython takes the number along.
  if (args[NAMES.indexOf('co_varnames')] !== 0 && args[NAMES.indexOf('co_nlocals')] === 0) {
    const n = intFromNumber(rt, tupleSize(rt, args[NAMES.indexOf('co_varnames')]!));
    args[NAMES.indexOf('co_nlocals')] = n;
    owned.push(n);
  }
  const parts = readParts(rt, given);
  const r = parts === null ? 0 : build(rt, parts, rewritten || moved ? decoded(rt, parts) : unitOf(rt, h));
  for (const x of owned) rt.decref(x);
  return r;
}

// ---- equality ---------------------------------------------------------------------------------------------------------------

/** Equal, and of the same types all the way down (`_PyCode_ConstantKey`): 1, 0, -1 with an exception. */
function sameConstants(rt: Runtime, a: Handle, b: Handle): number {
  if (a === b) return 1;
  if (rt.mem[a + 1] !== rt.mem[b + 1]) return 0;
  if (rt.is(a, rt.types.tuple)) {
    const [x, y] = [tupleItems(rt, a), tupleItems(rt, b)];
    if (x.length !== y.length) return 0;
    for (const [i, item] of x.entries()) {
      const r = sameConstants(rt, item, y[i]!);
      if (r !== 1) return r;
    }
    return 1;
  }
  return richCompareBool(rt, a, b, CompareOp.EQ);
}

const equalArrays = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length === b.length && Array.from(a).every((v, i) => v === b[i]);

/** `code_richcompare`. */
export function codeRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !rt.is(b, rt.types.code)) return rt.NotImplemented;
  const [u, v] = [unitOf(rt, a), unitOf(rt, b)];
  let same =
    u.name === v.name &&
    u.argcount === v.argcount &&
    u.posonlyargcount === v.posonlyargcount &&
    u.kwonlyargcount === v.kwonlyargcount &&
    u.flags === v.flags &&
    u.firstlineno === v.firstlineno &&
    equalArrays(u.ops, v.ops) &&
    equalArrays(u.args, v.args) &&
    equalArrays(u.names, v.names) &&
    equalArrays(u.localsplusnames, v.localsplusnames) &&
    equalArrays(u.positions, v.positions) &&
    equalArrays(u.exceptiontable, v.exceptiontable);
  if (same) {
    const r = sameConstants(rt, rt.mem[a + CO_CONSTS]!, rt.mem[b + CO_CONSTS]!);
    if (r < 0) return 0;
    same = r === 1;
  }
  return rt.bool(same === (op === CompareOp.EQ));
}

/** `code_hash`: equal codes have equal ones. DIFFERS: not CPython's number, which has addresses in it. */
export function codeHash(rt: Runtime, h: Handle): number {
  let sum = 0;
  for (const word of [CO_NAME, CO_CONSTS, CO_NAMES]) {
    sum = Math.imul(sum ^ hash(rt, rt.mem[h + word]!), 20021) | 0;
    if (rt.currentException !== 0) return -1;
  }
  const u = unitOf(rt, h);
  for (const n of [u.argcount, u.posonlyargcount, u.kwonlyargcount, u.flags, u.firstlineno, ...u.ops, ...u.args])
    sum = Math.imul(sum ^ n, 20021) | 0;
  rt.hashHigh = sum < 0 ? -1 : 0;
  return sum === -1 ? -2 : sum;
}

// ---- for the type -------------------------------------------------------------------------------------------------------------

/** Names of the slots of a kind. */
function slotNames(kind: number): GetSetDef {
  return {
    get: (rt: Runtime, h) => {
      const { localsplusnames, localspluskinds } = unitOf(rt, h);
      return newTuple(
        rt,
        localsplusnames.filter((_, i) => (localspluskinds[i]! & kind) !== 0).map((n) => rt.id(n)),
      );
    },
  };
}

export const codeGetset = (): Record<string, GetSetDef> => ({
  co_code: bytesOf(encodeCode),
  _co_code_adaptive: bytesOf(encodeCode),
  co_linetable: bytesOf(encodeLineTable),
  co_exceptiontable: bytesOf(encodeExceptionTable),
  co_lnotab: { get: lnotab as never },
  co_varnames: slotNames(CO_FAST_LOCAL),
  co_cellvars: slotNames(CO_FAST_CELL),
  co_freevars: slotNames(CO_FAST_FREE),
});

export const codeMethods = (): Record<string, MethodDef> => ({
  co_positions: { kind: 'noargs', fn: positions as never },
  co_lines: { kind: 'noargs', fn: lines as never },
  replace: { kind: 'keywords', fn: replaceCall as never },
  __replace__: { kind: 'keywords', fn: replaceCall as never },
  _varname_from_oparg: {
    kind: 'o',
    fn: (rt: Runtime, h, index) => {
      const i = asIndex(rt, index, 'IndexError');
      if (i === null) return 0;
      const name = unitOf(rt, h).localsplusnames[i];
      return name === undefined ? rt.raise('IndexError', 'tuple index out of range') : rt.id(name);
    },
  },
  __sizeof__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const bytes = codeRuntime(rt, h).layout(profileOf(rt)).start[unitOf(rt, h).ops.length]!;
      return intFromNumber(rt, Math.ceil((rt.tp(h).basicsize + bytes) / 8) * 8);
    },
  },
});

function replaceCall(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const given = parseArgs(rt, REPLACE, args, kwnames);
  return given === null ? 0 : replace(rt, h, given);
}
