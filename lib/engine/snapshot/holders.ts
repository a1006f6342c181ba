/**
 * Who holds an object: one scan over the heap at one moment, from the same references that the audit counts, each
 * with a label that a learner can point at. The sum of the holders is the count.
 */
import type { CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { TPFLAGS } from '../heap/object';
import { IM_SELF } from '../objects/classobject';
import { codeName, codeRuntime } from '../objects/code';
import { DK_NENTRIES, entriesOf, ENTRY_KEY, ENTRY_SHIFT } from '../objects/dict-keys';
import { DICT_EMBEDDED, DICT_KEYS } from '../objects/dict';
import { inlineNameOf } from '../objects/dict-values';
import {
  FUNC_ANNOTATE,
  FUNC_ANNOTATIONS,
  FUNC_CLOSURE,
  FUNC_CODE,
  FUNC_DEFAULTS,
  FUNC_GLOBALS,
  FUNC_KWDEFAULTS,
} from '../objects/funcobject';
import { GEN_FRAME } from '../objects/generator';
import { BORROWED, F_CODE, F_FRAMEOBJ, F_FUNC, F_LOCALS, F_LOCALSPLUS, F_SP } from '../objects/interpreter-frame';
import { LIST_ITEMS } from '../objects/list';
import { TUPLE_ITEMS } from '../objects/tuple';
import { TP_BASE, TP_BASES, TP_DICT, TP_MRO, TP_SUBCLASSES } from '../objects/type-lookup';
import { strValue } from '../objects/str';
import type { Interpreter } from '../vm/interpreter';
import { abbreviate } from './abbreviate';
import { forEachOwned } from './owned';
import type { HolderKind } from './snapshot';

/** A holder before it is put into an answer's form. */
export interface RawHolder {
  kind: HolderKind;
  label: string;
  /** The object whose slot it is, 0 for names, frames and the interpreter. */
  owner: Handle;
  frame: string | null;
  /** The holders that were not described, all in one: `times` says how many references they have. */
  isRest?: boolean;
  /** Set for items that one container holds several times: how many, and the label of the last. */
  times?: number;
  lastLabel?: string;
}

/** A frame's words as they were when a line began: frames change unlogged, so they are copied. */
export interface FrameCopy {
  readonly code: Handle;
  readonly name: string;
  readonly isModule: boolean;
  /** The line being executed if the code stands in the cell, else 0. */
  readonly cellLine: number;
  /** localsplus and stack, as stack references. */
  readonly slots: Int32Array;
  /** Code, function, locals dict and frame object, where owned. */
  readonly owned: readonly Handle[];
  /** Where it lies. */
  readonly at: number;
  /** 0 for the outermost. */
  depth: number;
}

/** A frame's words as they are in this memory; the rest of a copy is what the reader knows of it. */
export function copyFrame(
  ip: Interpreter,
  at: number,
  globals: Handle,
  cellLine: (unit: CodeUnit) => number,
): FrameCopy {
  const { mem } = ip;
  const code = mem[at + F_CODE]!;
  const { unit } = codeRuntime(ip, code);
  return {
    code,
    name: unit.qualname,
    isModule: mem[at + F_LOCALS] === globals,
    cellLine: cellLine(unit),
    slots: mem.slice(at + F_LOCALSPLUS, Math.max(at + F_LOCALSPLUS, mem[at + F_SP]!)),
    owned: ownedByFrame(mem, at),
    at,
    depth: 0,
  };
}

/** The references that a frame owns besides its locals and its stack. */
export function ownedByFrame(mem: Int32Array, at: number): Handle[] {
  return [F_CODE, F_FUNC, F_LOCALS, F_FRAMEOBJ].map((word) => mem[at + word]!).filter((h) => h !== 0);
}

/** What held references besides the objects at one moment. None of it is logged, so it is copied. */
export interface Roots {
  /** The innermost first. */
  readonly frames: readonly FrameCopy[];
  readonly interpreter: readonly { readonly handle: Handle; readonly label: string }[];
  /** Built-in code stood between two frames: what it owns cannot be told apart. */
  readonly isInBuiltin: boolean;
}

/**
 * Holders of each wanted object.
 * @param globals the program's module namespace: its entries are names
 * @param skip objects of boot that can hold nothing of the program's
 * @param most holders described for each; those after them are counted
 */
export function findHolders(
  ip: Interpreter,
  wanted: ReadonlySet<Handle>,
  globals: Handle,
  roots: Roots,
  skip: ReadonlySet<Handle>,
  most = Infinity,
): Map<Handle, RawHolder[]> {
  const found = new Map<Handle, RawHolder[]>();
  /** By handle, half of it: most references lead to none of these. */
  const isWanted = new Uint8Array(ip.mem.length >> 1);
  for (const h of wanted) {
    found.set(h, []);
    isWanted[h >> 1] = 1;
  }
  /** Where the last of several items lies. */
  const again = new Map<RawHolder, number>();
  const consts = new Map<Handle, string>();
  forEachOwned(ip, roots, skip, (h, references) => {
    if (ip.is(h, ip.types.code)) consts.set(ip.mem[h + 3]!, strValue(ip, codeName(ip, h)));
    for (let i = 0; i < references.length; i++) {
      const { to, word } = references[i]!;
      if (isWanted[to >> 1] === 0) continue;
      const list = found.get(to)!;
      const latest = list.at(-1);
      if (latest?.isRest === true) {
        latest.times!++;
        continue;
      }
      if (latest?.owner === h && latest.kind === 'item') {
        // A list of a million of it is one holder.
        latest.times = (latest.times ?? 1) + 1;
        again.set(latest, word);
      } else if (list.length >= most)
        list.push({ kind: 'internal', label: '', owner: 0, frame: null, times: 1, isRest: true });
      else list.push({ ...describeSlot(ip, h, word, globals), owner: h, frame: null });
    }
  });
  for (const [holder, word] of again) holder.lastLabel = describeSlot(ip, holder.owner, word, globals).label;
  for (const list of found.values()) for (const holder of list) nameConstants(ip, holder, consts, globals);
  addFrames(ip, found, roots.frames);
  for (const { handle, label } of roots.interpreter)
    found.get(handle)?.push({ kind: 'internal', label, owner: 0, frame: null });
  if (roots.isInBuiltin) addBuiltin(ip, found);
  return found;
}

/** Constants and names need no box of their own around them. */
function nameConstants(ip: Interpreter, holder: RawHolder, consts: ReadonlyMap<Handle, string>, globals: Handle): void {
  const code = consts.get(holder.owner);
  if (code !== undefined && ip.is(holder.owner, ip.types.tuple)) {
    holder.kind = 'internal';
    holder.label = code === '<module>' ? 'constant of the cell' : `constant of ${code}()`;
    holder.owner = 0;
  }
  if (holder.owner === globals) holder.owner = 0;
}

/** What is left over while built-in code is running belongs to it: the instance that waits for its `__init__`, say. */
function addBuiltin(ip: Interpreter, found: Map<Handle, RawHolder[]>): void {
  for (const [h, list] of found) {
    const known = list.reduce((n, { times = 1 }) => n + times, 0);
    for (let n = ip.mem[h]! - known; n > 0; n--)
      list.push({ kind: 'internal', label: 'built-in code that is running', owner: 0, frame: null });
  }
}

function addFrames(ip: Interpreter, found: Map<Handle, RawHolder[]>, frames: readonly FrameCopy[]): void {
  for (const frame of frames) {
    const { unit } = codeRuntime(ip, frame.code);
    frame.slots.forEach((ref, i) => {
      if (ref === 0 || (ref & BORROWED) !== 0) return;
      const list = found.get(ref);
      if (list === undefined) return;
      const name = unit.localsplusnames[i];
      const where = frame.isModule ? null : frame.name;
      list.push(
        name !== undefined
          ? { kind: 'local', label: name, owner: 0, frame: frame.name }
          : {
              kind: 'stack',
              label: frame.isModule ? 'value stack of the cell' : `value stack of ${frame.name}()`,
              owner: 0,
              frame: where,
            },
      );
    });
    for (const h of frame.owned)
      found.get(h)?.push({ kind: 'internal', label: `frame of ${frame.name}`, owner: 0, frame: frame.name });
  }
}

export function describeSlot(
  ip: Interpreter,
  h: Handle,
  word: number,
  globals: Handle,
): { kind: HolderKind; label: string } {
  const { types, mem } = ip;
  const tp = ip.tp(h);
  if (word === h + 1) return { kind: 'internal', label: `class of a ${tp.name} object` };
  switch (tp) {
    case types.list:
      return { kind: 'item', label: `[${word - mem[h + LIST_ITEMS]!}]` };
    case types.tuple:
      return { kind: 'item', label: `[${word - h - TUPLE_ITEMS}]` };
    case types.set:
    case types.frozenset:
      return { kind: 'item', label: 'an element' };
    case types.dict:
      return describeEntry(ip, h, word, globals);
    case types.cell:
      return { kind: 'closure-cell', label: 'closure cell' };
    case types.function:
      return { kind: 'internal', label: FUNCTION_SLOTS[word - h] ?? 'part of a function' };
    case types.generator:
      return describeGeneratorSlot(ip, h, word);
    case types.method:
      return { kind: 'attribute', label: word === h + IM_SELF ? '.__self__' : '.__func__' };
    case types.code:
      return { kind: 'internal', label: 'part of a code object' };
  }
  if (tp.flags < 0) return { kind: 'internal', label: TYPE_SLOTS[word - h] ?? 'part of a class' };
  const attribute = inlineNameOf(ip, h, tp, word);
  if (attribute !== 0) return { kind: 'attribute', label: `.${strValue(ip, attribute)}` };
  for (let t: typeof tp | null = tp; t?.isPythonClass; t = t.base) {
    const member = t.slotMembers.find((m) => h + m.word === word);
    if (member !== undefined) return { kind: 'attribute', label: `.${strValue(ip, member.name)}` };
  }
  if (tp.dictoffset !== 0 && word === h + tp.dictoffset) return { kind: 'internal', label: '__dict__' };
  if ((tp.flags & TPFLAGS.LIST_SUBCLASS) !== 0 && mem[h + LIST_ITEMS] !== 0 && word >= mem[h + LIST_ITEMS]!) {
    return { kind: 'item', label: `[${word - mem[h + LIST_ITEMS]!}]` };
  }
  if ((tp.flags & TPFLAGS.TUPLE_SUBCLASS) !== 0) return { kind: 'item', label: `[${word - h - TUPLE_ITEMS}]` };
  if ((tp.flags & TPFLAGS.DICT_SUBCLASS) !== 0 && mem[h + DICT_KEYS] !== 0) {
    const keys = mem[h + DICT_KEYS]!;
    const entries = entriesOf(ip, keys);
    if (word >= entries && word < entries + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT))
      return describeEntry(ip, h, word, globals);
  }
  return { kind: 'internal', label: `held by a ${tp.name}` };
}

const FUNCTION_SLOTS: Readonly<Record<number, string>> = {
  [FUNC_CODE]: 'code of a function',
  [FUNC_GLOBALS]: 'globals of a function',
  [FUNC_DEFAULTS]: 'default arguments',
  [FUNC_KWDEFAULTS]: 'keyword defaults',
  [FUNC_CLOSURE]: 'closure of a function',
  [FUNC_ANNOTATIONS]: 'annotations',
  [FUNC_ANNOTATE]: 'annotations',
};
const TYPE_SLOTS: Readonly<Record<number, string>> = {
  [TP_DICT]: 'namespace of a class',
  [TP_BASE]: 'base of a class',
  [TP_BASES]: 'bases of a class',
  [TP_MRO]: 'mro of a class',
  [TP_SUBCLASSES]: 'subclasses of a class',
};

function describeEntry(
  ip: Interpreter,
  dict: Handle,
  word: number,
  globals: Handle,
): { kind: HolderKind; label: string } {
  const entries = entriesOf(ip, ip.mem[dict + DICT_KEYS]!);
  const entry = entries + (((word - entries) >> ENTRY_SHIFT) << ENTRY_SHIFT);
  const key = ip.mem[entry + ENTRY_KEY]!;
  const isStr = ip.is(key, ip.types.str);
  const keyText = isStr ? strValue(ip, key) : abbreviate(ip, key);
  if (word === entry + ENTRY_KEY) return { kind: 'key', label: abbreviate(ip, key) };
  if (dict === globals) return { kind: 'name', label: keyText };
  if (ip.mem[dict + DICT_EMBEDDED] !== 0 && isStr) return { kind: 'attribute', label: `.${keyText}` };
  return { kind: 'value', label: `[${abbreviate(ip, key)}]` };
}

function describeGeneratorSlot(ip: Interpreter, gen: Handle, word: number): { kind: HolderKind; label: string } {
  const f = ip.mem[gen + GEN_FRAME]!;
  if (f === 0 || word < f + F_LOCALSPLUS) return { kind: 'internal', label: 'part of a generator' };
  const name = codeRuntime(ip, ip.mem[f + F_CODE]!).unit.localsplusnames[word - f - F_LOCALSPLUS];
  return name !== undefined ? { kind: 'local', label: name } : { kind: 'stack', label: 'value stack of a generator' };
}
