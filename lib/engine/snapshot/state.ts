/**
 * The names and the counts at one moment, read from a heap: the present one, or one put back by memory-view.ts.
 */
import type { Handle } from '../heap/layout';
import { cellValue } from '../objects/cell';
import { codeRuntime } from '../objects/code';
import { DICT_EMBEDDED, dictItemsArray } from '../objects/dict';
import { BORROWED } from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import type { Interpreter } from '../vm/interpreter';
import { abbreviate } from './abbreviate';
import type { Named } from './history';
import { findHolders, type FrameCopy, type RawHolder, type Roots } from './holders';
import { SNAPSHOT_LIMITS, type Counted, type Holder, type ObjectRef } from './snapshot';

/** All that reading a moment takes. */
export interface Picture {
  readonly ip: Interpreter;
  /** The program's namespace. */
  readonly globals: Handle;
  shows(name: string, value: Handle): boolean;
  readonly roots: Roots;
  /** Everything that has or had a name. */
  readonly named: Iterable<Named>;
  readonly inert: ReadonlySet<Handle>;
  serial(h: Handle): number;
  /** Objects born so far. */
  readonly allocated: number;
}

/** A row before it is counted. */
export interface RawRow {
  name: string;
  scope: 'global' | 'local' | 'closure';
  frame: string | null;
  depth: number;
  handle: Handle;
}

export interface RawState {
  rows: { row: RawRow; counted: RawCounted }[];
  unnamed: { names: readonly string[]; counted: RawCounted }[];
  allocated: number;
  omitted: number;
}

export interface RawCounted {
  object: ObjectRef;
  count: number | null;
  holders: Holder[];
  holdersOmitted: number;
}

/** Numbers and texts: that a program still holds one somewhere is nothing to tell. */
export const LEAF_TYPES: ReadonlySet<string> = new Set(['int', 'float', 'complex', 'str', 'bytes']);
/** Holders looked at: equal slots are put together, so more than are listed. */
const MOST_HOLDERS = 8 * SNAPSHOT_LIMITS.holders;
/** Names of the compiler's making. */
const HIDDEN_NAMES: ReadonlySet<string> = new Set(['__class__', '__classdict__', '__conditional_annotations__']);

export function readState(picture: Picture): RawState {
  const { ip, named, roots } = picture;
  const rows = rowsOf(picture);
  const wanted = new Set(rows.map((r) => r.handle));
  const lost: Named[] = [];
  for (const each of named) {
    const { handle, serial } = each;
    if (wanted.has(handle) || ip.mem[handle]! <= 0 || picture.serial(handle) !== serial) continue;
    if (!LEAF_TYPES.has(ip.tp(handle).name)) lost.push(each);
  }
  lost.sort((one, other) => one.serial - other.serial);
  const limit = SNAPSHOT_LIMITS.references;
  const shownRows = rows.slice(0, limit);
  const shownLost = lost.slice(0, limit);
  const asked = new Set([...shownRows, ...shownLost].map(({ handle }) => handle));
  const holders = findHolders(ip, asked, picture.globals, roots, picture.inert, MOST_HOLDERS);
  // Thousands of slots of one list are one box.
  const boxes = new Map<Handle, ObjectRef>();
  const boxOf = (h: Handle): ObjectRef => {
    const box = boxes.get(h) ?? objectRef(ip, h, picture.serial(h));
    boxes.set(h, box);
    return box;
  };
  const count = (h: Handle) => counted(ip, h, holders.get(h)!, boxOf);
  return {
    rows: shownRows.map((row) => ({ row, counted: count(row.handle) })),
    unnamed: shownLost.map(({ names, handle }) => ({ names, counted: count(handle) })),
    omitted: rows.length - shownRows.length + lost.length - shownLost.length,
    allocated: picture.allocated,
  };
}

export function objectRef(ip: Interpreter, h: Handle, serial: number): ObjectRef {
  return {
    id: `0x${ip.heap.id(h).toString(16)}`,
    serial,
    type: ip.tp(h).name.replace(/^.*\./, ''),
    repr: abbreviate(ip, h),
    immortal: ip.mem[h]! < 0,
  };
}

export function rowsOf({ ip, globals, roots, shows }: Pick<Picture, 'ip' | 'globals' | 'roots' | 'shows'>): RawRow[] {
  const { frames } = roots;
  const rows: RawRow[] = [];
  for (const [key, value] of dictItemsArray(ip, globals)) {
    if (!ip.is(key, ip.types.str)) continue;
    const name = strValue(ip, key);
    if (shows(name, value)) rows.push({ name, scope: 'global', frame: null, depth: 0, handle: value });
  }
  for (let i = frames.length - 1; i >= 0; i--) rows.push(...frameRows(ip, frames[i]!));
  return rows;
}

function frameRows(ip: Interpreter, frame: FrameCopy): RawRow[] {
  if (frame.isModule) return [];
  const { unit } = codeRuntime(ip, frame.code);
  const rows: RawRow[] = [];
  unit.localsplusnames.forEach((name, i) => {
    let handle = frame.slots[i] === undefined ? 0 : frame.slots[i]! & ~BORROWED;
    if (handle === 0 || name.startsWith('.') || HIDDEN_NAMES.has(name)) return;
    let scope: RawRow['scope'] = 'local';
    if ((unit.localspluskinds[i]! & 0xc0) !== 0 && ip.is(handle, ip.types.cell)) {
      handle = cellValue(ip, handle);
      scope = 'closure';
      if (handle === 0) return;
    }
    rows.push({ name, scope, frame: frame.name, depth: frame.depth, handle });
  });
  return rows;
}

/** An object with the holders that were found for it. */
export function countedOf(
  ip: Interpreter,
  serial: (h: Handle) => number,
  h: Handle,
  raw: readonly RawHolder[],
): RawCounted {
  return counted(ip, h, raw, (each) => objectRef(ip, each, serial(each)));
}

function counted(ip: Interpreter, h: Handle, raw: readonly RawHolder[], boxOf: (h: Handle) => ObjectRef): RawCounted {
  const object = boxOf(h);
  if (object.immortal) return { object, count: null, holders: [], holdersOmitted: 0 };
  let rest = 0;
  const holders = mergeHolders(
    raw.flatMap(({ kind, label, frame, owner, times = 1, lastLabel, isRest }): Holder[] => {
      if (isRest === true) {
        rest = times;
        return [];
      }
      const speaker = speakerFor(ip, owner);
      const holder = owner === 0 ? null : boxOf(speaker);
      const first: Holder = { kind, label, frame, references: 1, holder };
      return times === 1
        ? [first]
        : [
            { ...first, references: times - 1 },
            { ...first, label: lastLabel ?? label },
          ];
    }),
  );
  const limit = SNAPSHOT_LIMITS.holders;
  const holdersOmitted = holders.slice(limit).reduce((sum, { references }) => sum + references, rest);
  return { object, count: ip.mem[h]!, holders: holders.slice(0, limit), holdersOmitted };
}

/** An embedded `__dict__` speaks for its instance. */
export function speakerFor(ip: Interpreter, h: Handle): Handle {
  return h !== 0 && ip.is(h, ip.types.dict) && ip.mem[h + DICT_EMBEDDED] !== 0 ? ip.mem[h + DICT_EMBEDDED]! : h;
}

/** Equal slots of one holder become one line: `[0] to [9]`. */
function mergeHolders(holders: Holder[]): Holder[] {
  const out: { -readonly [K in keyof Holder]: Holder[K] }[] = [];
  const groups = new Map<string, { entry: (typeof out)[number]; first: string; last: string }>();
  for (const h of holders) {
    const key = `${h.kind}|${h.holder?.serial ?? h.label}|${h.frame}|${h.kind === 'item' || h.kind === 'internal' ? '' : h.label}`;
    const group = groups.get(key);
    if (group === undefined || (h.holder === null && h.kind !== 'internal' && h.kind !== 'stack')) {
      const entry = { ...h };
      out.push(entry);
      groups.set(key, { entry, first: h.label, last: h.label });
      continue;
    }
    group.entry.references += h.references;
    if (h.kind !== 'item') continue;
    if (itemIndex(h.label) < itemIndex(group.first)) group.first = h.label;
    if (itemIndex(h.label) > itemIndex(group.last)) group.last = h.label;
    if (group.first !== group.last) group.entry.label = `${group.first} to ${group.last}`;
  }
  return out;
}

/** The number in `[3]`. */
export function itemIndex(label: string): number {
  return Number.parseInt(label.slice(1), 10);
}

/** @param base counts to compare with, by serial */
export function withChange(counted: RawCounted, base: ReadonlyMap<number, number>): Counted {
  const change = counted.count === null ? null : counted.count - (base.get(counted.object.serial) ?? 0);
  return { ...counted, change };
}
