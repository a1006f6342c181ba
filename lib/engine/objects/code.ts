/**
 * Code objects (Objects/codeobject.c): the compiler's CodeUnit with its constants and names as heap objects. One
 * compile shares one pool of constants, as CPython's does. Code is not a collectable type.
 */
import { byteLayout, type ByteLayout } from '../compiler/byte-layout';
import { CO_VARARGS, CO_VARKEYWORDS, type CodeUnit, type ConstValue, type Profile } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import type { CompareOp, TypeSpec } from '../heap/object';
import { newBytes } from './bytes';
import { codeGetset, codeHash, codeMethods, codeNew, codeRichCompare } from './code-methods';
import { newComplex } from './complex';
import { newFloat } from './float';
import { genericGetAttr } from './generic-attr';
import { intFromBigInt, intFromNumber } from './int';
import { hex } from './method-object';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { frozensetFromIterable } from './set';
import { newSlice } from './slice';
import { internMortal, isIdentifierLike, strFrom } from './str';
import { newTuple, newTupleTracked, tupleItems } from './tuple';
import { clearWeakrefs } from './weakref-list';

export const CO_LEAF = 2;
export const CO_CONSTS = 3;
export const CO_NAMES = 4;
export const CO_NAME = 5;
export const CO_QUALNAME = 6;
const CO_FILENAME = 7;
const CO_WEAKLIST = 8;
/** Numbers for calls from generated code: its positional parameters if it has no others, else -1; words of a frame; slots. */
export const CO_POSITIONAL = 9;
export const CO_FRAME_WORDS = 10;
export const CO_NLOCALSPLUS = 11;
const CODE_WORDS = 10;

/** JavaScript made of a code object's instructions (vm/tier/). */
export interface GeneratedCode {
  /** Takes a frame up at a block; see vm/tier/results.ts. */
  readonly run: (frame: number, block: number) => number;
  /** By instruction: the block that starts there, if a frame may be taken up there, or 0. */
  readonly entries: Uint16Array;
  /** By instruction: 1 where a generator goes on that waits in a `yield from`. */
  readonly delegates: Uint8Array;
  /** Registers of a call, for the measure of JavaScript's stack. */
  readonly registers: number;
}

/** What the loop reads: the unit's arrays, and handles instead of values. References belong to the code object. */
export class CodeRuntime {
  readonly ops: Uint8Array;
  readonly args: Int32Array;
  readonly nlocalsplus: number;
  /** 1 where an instruction has run: from the second time on, CPython runs its specialised form. See vm/bytecodes/adaptive.ts. */
  readonly warm: Uint8Array;
  /** By instruction: runs that must pass before another form is tried. */
  readonly waits = new Map<number, { runs: number; backoff: number }>();
  /** Words of a frame: header, locals and stack. */
  readonly frameWords: number;
  /** Calls and back edges so far; negative: nothing will be generated. */
  heat = 0;
  /** For runs that nobody watches. */
  tier: GeneratedCode | null = null;
  /** For those that are recorded or watched line by line. */
  watchedTier: GeneratedCode | null = null;
  watchedHeat = 0;
  private bytes: ByteLayout | null = null;
  constructor(
    readonly unit: CodeUnit,
    readonly consts: Int32Array,
    readonly names: Int32Array,
    frameHeader: number,
  ) {
    this.ops = unit.ops;
    this.args = unit.args;
    this.warm = new Uint8Array(unit.ops.length);
    this.nlocalsplus = unit.localsplusnames.length;
    this.frameWords = frameHeader + this.nlocalsplus + unit.stacksize + 2;
  }

  /** Where the instructions lie in CPython's bytes. */
  layout(profile: Profile): ByteLayout {
    this.bytes ??= byteLayout(this.unit, profile);
    return this.bytes;
  }
}

/** Words before the locals of a frame (interpreter-frame.ts). */
export const FRAME_HEADER = 12;

export function codeRuntime(rt: Runtime, code: Handle): CodeRuntime {
  return rt.heap.leaf[rt.mem[code + CO_LEAF]!] as CodeRuntime;
}
export function codeName(rt: Runtime, code: Handle): Handle {
  return rt.mem[code + CO_NAME]!;
}
export function codeQualname(rt: Runtime, code: Handle): Handle {
  return rt.mem[code + CO_QUALNAME]!;
}

/** Constants of one compile, by type and value; each entry owns a reference until `release`. */
class ConstantPool {
  private readonly byKey = new Map<string, Handle>();
  constructor(private readonly rt: Runtime) {}

  /** New reference. */
  get(value: ConstValue): Handle {
    if (value.kind === 'code') return codeFromUnit(this.rt, value.value, this);
    const key = constantKey(value);
    const known = this.byKey.get(key);
    if (known !== undefined) return this.rt.newRef(known);
    const h = this.make(value);
    this.byKey.set(key, h);
    return this.rt.newRef(h);
  }

  private make(value: ConstValue): Handle {
    const rt = this.rt;
    switch (value.kind) {
      case 'none':
        return rt.None;
      case 'ellipsis':
        return rt.Ellipsis;
      case 'bool':
        return rt.bool(value.value);
      case 'int':
        return intFromBigInt(rt, value.value);
      case 'float':
        return newFloat(rt, value.value);
      case 'complex':
        return newComplex(rt, value.real, value.imag);
      case 'str':
        return isIdentifierLike(value.value) ? internMortal(rt, value.value) : strFrom(rt, value.value);
      case 'bytes':
        return newBytes(rt, value.value);
      case 'tuple':
        return this.tuple(value.items);
      case 'frozenset': {
        const items = this.tuple(value.items);
        const set = frozensetFromIterable(rt, items);
        rt.decref(items);
        return set;
      }
      case 'slice': {
        const parts = [value.start, value.stop, value.step].map((p) => this.get(p)) as [Handle, Handle, Handle];
        const s = newSlice(rt, ...parts);
        for (const p of parts) rt.decref(p);
        return s;
      }
      case 'code':
        return codeFromUnit(rt, value.value, this);
    }
  }

  private tuple(items: ConstValue[]): Handle {
    return newTupleTracked(
      this.rt,
      items.map((i) => this.get(i)),
    );
  }

  /** Gives the pool's references up, or to the arena. */
  release(arena?: Arena): void {
    for (const [key, h] of this.byKey) {
      if (arena?.has(key) === true) arena.objects.push(h);
      else this.rt.decref(h);
    }
    this.byKey.clear();
  }
}

/** What holds the constants of the syntax tree as long as the tree lives (Python/pyarena.c). */
export interface Arena {
  /** Owned. */
  readonly objects: Handle[];
  /** The constant of this key is in the tree. */
  has(key: string): boolean;
}

/** Equal for constants that one compile keeps once. */
export function constantKey(v: ConstValue): string {
  switch (v.kind) {
    case 'none':
    case 'ellipsis':
      return v.kind;
    case 'bool':
      return `b${v.value}`;
    case 'int':
      return `i${v.value}`;
    case 'float':
      return Object.is(v.value, -0) ? 'f-0' : `f${v.value}`;
    case 'complex':
      return `c${Object.is(v.real, -0) ? '-0' : v.real},${Object.is(v.imag, -0) ? '-0' : v.imag}`;
    case 'str':
      return `s${v.value.length}:${v.value}`;
    case 'bytes':
      return `y${v.value.length}:${Array.from(v.value).join(',')}`;
    case 'tuple':
      return `(${v.items.map(constantKey).join('|')})`;
    case 'frozenset':
      return `{${v.items.map(constantKey).join('|')}}`;
    case 'slice':
      return `[${constantKey(v.start)}:${constantKey(v.stop)}:${constantKey(v.step)}]`;
    case 'code':
      return 'code';
  }
}

function codeFromUnit(rt: Runtime, unit: CodeUnit, pool: ConstantPool): Handle {
  const consts = unit.consts.map((c) => pool.get(c));
  return newCodeObject(rt, unit, consts, pool.get({ kind: 'str', value: unit.filename }));
}

/** Constants and file name are given as objects, borrowed. New. */
export function codeFromParts(rt: Runtime, unit: CodeUnit, consts: Handle, filename: Handle): Handle {
  return newCodeObject(
    rt,
    unit,
    tupleItems(rt, consts).map((h) => rt.newRef(h)),
    rt.newRef(filename),
  );
}

/** Constants and file name stolen. */
function newCodeObject(rt: Runtime, unit: CodeUnit, consts: Handle[], filename: Handle): Handle {
  const { heap } = rt;
  const names = unit.names.map((n) => rt.id(n));
  const runtime = new CodeRuntime(unit, Int32Array.from(consts), Int32Array.from(names), FRAME_HEADER);
  const h = newObject(rt, rt.types.code, 0, runtime.layout(rt.facts.name as Profile).start[unit.ops.length]!);
  heap.set(h + CO_LEAF, heap.newLeaf(runtime));
  const onlyPositional = unit.kwonlyargcount === 0 && (unit.flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0;
  heap.set(h + CO_POSITIONAL, onlyPositional ? unit.argcount : -1);
  heap.set(h + CO_FRAME_WORDS, runtime.frameWords);
  heap.set(h + CO_NLOCALSPLUS, runtime.nlocalsplus);
  const constsTuple = newTuple(rt, consts);
  const namesTuple = newTuple(rt, names);
  // CPython builds these before they could be seen; neither takes part in a collection.
  if (constsTuple !== rt.emptyTuple) heap.gcUntrack(constsTuple);
  if (namesTuple !== rt.emptyTuple) heap.gcUntrack(namesTuple);
  heap.set(h + CO_CONSTS, constsTuple);
  heap.set(h + CO_NAMES, namesTuple);
  heap.set(h + CO_NAME, rt.id(unit.name));
  heap.set(h + CO_QUALNAME, rt.id(unit.qualname));
  heap.set(h + CO_FILENAME, filename);
  for (const local of unit.localsplusnames) rt.id(local);
  return h;
}

/**
 * `PyCode_New` for a whole compile: new reference.
 * @param arena takes the references that the tree's arena holds while a script runs
 */
export function newCode(rt: Runtime, unit: CodeUnit, arena?: Arena): Handle {
  const pool = new ConstantPool(rt);
  const code = codeFromUnit(rt, unit, pool);
  pool.release(arena);
  return code;
}

/** `PyCode_Addr2Line` for an instruction index. */
export function lineOf(code: CodeRuntime, pc: number): number {
  return code.unit.positions[pc * 4] ?? -1;
}

function intGet(field: (c: CodeUnit) => number) {
  return { get: (rt: Runtime, h: Handle) => intFromNumber(rt, field(codeRuntime(rt, h).unit)) };
}
/** `f_lasti` and `tb_lasti`: the byte offset of an instruction. */
export function byteOffset(rt: Runtime, code: Handle, pc: number): number {
  return codeRuntime(rt, code).layout(rt.facts.name as Profile).offset[pc] ?? -1;
}

/** The instruction at a byte offset, or -1. */
export function instructionAt(rt: Runtime, code: Handle, offset: number): number {
  return codeRuntime(rt, code)
    .layout(rt.facts.name as Profile)
    .offset.indexOf(offset);
}

export const codeSpecs: TypeSpec[] = [
  {
    name: 'code',
    words: CODE_WORDS,
    basicsize: 208,
    weaklistoffset: CO_WEAKLIST,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        if (rt.mem[h + CO_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.dropLeaf(rt.mem[h + CO_LEAF]!);
        for (const w of [CO_CONSTS, CO_NAMES, CO_FILENAME, CO_NAME, CO_QUALNAME]) rt.heap.clearRef(h + w);
        freeObject(rt, h);
      },
      tp_ledger(rt: Runtime, h, visit) {
        for (const w of [CO_CONSTS, CO_NAMES, CO_FILENAME, CO_NAME, CO_QUALNAME]) visit(rt.mem[h + w]!, h + w);
      },
      tp_repr(rt: Runtime, h) {
        const u = codeRuntime(rt, h).unit;
        return strFrom(rt, `<code object ${u.name} at ${hex(rt, h)}, file "${u.filename}", line ${u.firstlineno}>`);
      },
      tp_getattro: genericGetAttr,
      tp_new: ((rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) =>
        codeNew(rt, type, args, kwnames)) as never,
      tp_richcompare: ((rt: Runtime, a: Handle, b: Handle, op: CompareOp) => codeRichCompare(rt, a, b, op)) as never,
      tp_hash: (rt: Runtime, h) => codeHash(rt, h),
    },
    methods: codeMethods(),
    getset: {
      co_name: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CO_NAME]!) },
      co_qualname: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CO_QUALNAME]!) },
      co_filename: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CO_FILENAME]!) },
      co_consts: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CO_CONSTS]!) },
      co_names: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CO_NAMES]!) },
      co_firstlineno: intGet((u) => u.firstlineno),
      co_argcount: intGet((u) => u.argcount),
      co_posonlyargcount: intGet((u) => u.posonlyargcount),
      co_kwonlyargcount: intGet((u) => u.kwonlyargcount),
      co_flags: intGet((u) => u.flags),
      co_stacksize: intGet((u) => u.stacksize),
      co_nlocals: intGet((u) => u.localspluskinds.filter((k) => (k & 0x20) !== 0).length),
      ...codeGetset(),
    },
  },
];
