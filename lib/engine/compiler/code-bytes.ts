/**
 * A code unit as CPython's bytes and back: `co_code`, `co_linetable` (the location table, Objects/locations.md) and
 * `co_exceptiontable` (Objects/exception_handling_notes.txt); Python/assemble.c writes them, `dis` reads them.
 */
import { byteLayout, cachesOf, hasTarget } from './byte-layout';
import type { CodeUnit, Profile } from './code-unit';
import { OPCODE_NUMBERS } from './opcode-numbers';
import { Op, OPCODES } from './opcodes';

const byNumber = new Map<Profile, (Op | undefined)[]>();

/** The instruction of a number, if the engine has it. */
function opOfNumber(profile: Profile, number: number): Op | undefined {
  let list = byNumber.get(profile);
  if (list === undefined) {
    list = [];
    for (const [name, n] of OPCODE_NUMBERS[profile]) list[n] = (Op as unknown as Record<string, Op | undefined>)[name];
    byNumber.set(profile, list);
  }
  return list[number];
}

/** `co_code`: two bytes an instruction, with EXTENDED_ARG before and empty caches behind. */
export function encodeCode(u: CodeUnit, profile: Profile): Uint8Array {
  const { start, offset, arg } = byteLayout(u, profile);
  const numbers = OPCODE_NUMBERS[profile];
  const out = new Uint8Array(start[u.ops.length]!);
  const extended = numbers.get('EXTENDED_ARG')!;
  u.ops.forEach((op, i) => {
    let at = offset[i]!;
    let rest = arg[i]!;
    out[at] = numbers.get(OPCODES[op]!.name)!;
    out[at + 1] = rest & 0xff;
    while (at > start[i]!) {
      at -= 2;
      rest >>>= 8;
      out[at] = extended;
      out[at + 1] = rest & 0xff;
    }
  });
  return out;
}

// ---- locations ----------------------------------------------------------------------------------------------------------

const NO_COLUMNS = 13;
const LONG = 14;
const NONE = 15;

function varint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 64) {
    out.push(0x40 | (rest & 0x3f));
    rest >>>= 6;
  }
  out.push(rest);
}
const signedVarint = (out: number[], value: number): void =>
  varint(out, value < 0 ? ((-value << 1) | 1) >>> 0 : (value << 1) >>> 0);

/** `co_linetable`. */
export function encodeLineTable(u: CodeUnit, profile: Profile): Uint8Array {
  const { start } = byteLayout(u, profile);
  const out: number[] = [];
  let line = u.firstlineno;
  const at = (i: number): number[] => [0, 1, 2, 3].map((k) => u.positions[i * 4 + k]!);
  const entry = ([lineno, endLine, column, endColumn]: number[], units: number): void => {
    const head = (code: number): void => void out.push(0x80 | (code << 3) | (units - 1));
    if (lineno! < 0) {
      head(NONE);
      return;
    }
    const delta = lineno! - line;
    line = lineno!;
    if (column! < 0 || endColumn! < 0) {
      if (endLine === lineno || endLine! < 0) {
        head(NO_COLUMNS);
        signedVarint(out, delta);
        return;
      }
    } else if (endLine === lineno) {
      const width = endColumn! - column!;
      if (delta === 0 && column! < 80 && width < 16 && width >= 0) {
        head(column! >> 3);
        out.push(((column! & 7) << 4) | width);
        return;
      }
      if (delta >= 0 && delta < 3 && column! < 128 && endColumn! < 128) {
        head(10 + delta);
        out.push(column!, endColumn!);
        return;
      }
    }
    head(LONG);
    signedVarint(out, delta);
    varint(out, endLine! - lineno!);
    varint(out, column! + 1);
    varint(out, endColumn! + 1);
  };
  const n = u.ops.length;
  for (let i = 0; i < n; ) {
    const location = at(i);
    let end = i + 1;
    while (end < n && at(end).every((v, k) => v === location[k])) end++;
    let units = (start[end]! - start[i]!) / 2;
    for (; units > 8; units -= 8) entry(location, 8);
    entry(location, units);
    i = end;
  }
  return Uint8Array.from(out);
}

/** Four numbers for each unit of two bytes; -1 where there is none. */
export function decodeLineTable(table: Uint8Array, firstLine: number, units: number): Int32Array {
  const out = new Int32Array(units * 4).fill(-1);
  let at = 0;
  let line = firstLine;
  let unit = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 6) {
      const byte = table[at++] ?? 0;
      value |= (byte & 0x3f) << shift;
      if ((byte & 0x40) === 0) return value;
    }
  };
  const readSigned = (): number => {
    const v = readVarint();
    return (v & 1) !== 0 ? -(v >>> 1) : v >>> 1;
  };
  while (at < table.length) {
    const head = table[at++]!;
    const code = (head >> 3) & 15;
    const size = (head & 7) + 1;
    let place = [-1, -1, -1, -1];
    if (code === LONG) {
      line += readSigned();
      const endLine = line + readVarint();
      const column = readVarint() - 1;
      place = [line, endLine, column, readVarint() - 1];
    } else if (code === NO_COLUMNS) {
      line += readSigned();
      place = [line, line, -1, -1];
    } else if (code >= 10 && code <= 12) {
      line += code - 10;
      const column = table[at++] ?? 0;
      place = [line, line, column, table[at++] ?? 0];
    } else if (code < 10) {
      const second = table[at++] ?? 0;
      const column = (code << 3) | (second >> 4);
      place = [line, line, column, column + (second & 15)];
    }
    for (let i = 0; i < size && unit < units; i++, unit++) out.set(place, unit * 4);
  }
  return out;
}

// ---- exceptions -----------------------------------------------------------------------------------------------------------

/** `co_exceptiontable`. */
export function encodeExceptionTable(u: CodeUnit, profile: Profile): Uint8Array {
  const { start } = byteLayout(u, profile);
  const out: number[] = [];
  const item = (value: number, first: number): void => {
    let mark = first;
    for (const shift of [24, 18, 12, 6]) {
      if (value < 2 ** shift) continue;
      out.push(((value >> shift) & 0x3f) | 0x40 | mark);
      mark = 0;
    }
    out.push((value & 0x3f) | mark);
  };
  const table = u.exceptiontable;
  for (let i = 0; i < table.length; i += 5) {
    const [from, to, target] = [0, 1, 2].map((k) => start[table[i + k]!]! / 2) as [number, number, number];
    item(from, 0x80);
    item(to - from, 0);
    item(target, 0);
    item((table[i + 3]! << 1) | table[i + 4]!, 0);
  }
  return Uint8Array.from(out);
}

/** Rows as in a CodeUnit, but in units of two bytes. */
function decodeExceptionTable(table: Uint8Array): number[][] {
  const rows: number[][] = [];
  let at = 0;
  const read = (): number => {
    let byte = table[at++] ?? 0;
    let value = byte & 0x3f;
    while ((byte & 0x40) !== 0) {
      byte = table[at++] ?? 0;
      value = (value << 6) | (byte & 0x3f);
    }
    return value;
  };
  while (at < table.length) {
    const from = read();
    const size = read();
    const target = read();
    const depth = read();
    rows.push([from, from + size, target, depth >> 1, depth & 1]);
  }
  return rows;
}

// ---- back -----------------------------------------------------------------------------------------------------------------

/** The instructions of bytes that somebody has put together; null if an instruction or a jump among them is none of ours. */
export function decodeCode(
  code: Uint8Array,
  lineTable: Uint8Array,
  exceptionTable: Uint8Array,
  firstLine: number,
  profile: Profile,
): Pick<CodeUnit, 'ops' | 'args' | 'positions' | 'exceptiontable'> | null {
  const ops: number[] = [];
  const args: number[] = [];
  /** Unit → instruction. */
  const index = new Map<number, number>();
  /** After each instruction: the unit its distance counts from. */
  const ends: number[] = [];
  const starts: number[] = [];
  const extended = OPCODE_NUMBERS[profile].get('EXTENDED_ARG')!;
  const units = code.length / 2;
  for (let unit = 0; unit < units; ) {
    starts.push(unit);
    index.set(unit, ops.length);
    let arg = 0;
    while (code[unit * 2] === extended) arg = ((arg | code[unit++ * 2 + 1]!) << 8) >>> 0;
    const op = opOfNumber(profile, code[unit * 2] ?? -1);
    if (op === undefined) return null;
    arg |= code[unit * 2 + 1]!;
    unit += 1 + cachesOf(op, profile);
    ops.push(op);
    args.push(arg);
    ends.push(unit);
  }
  index.set(units, ops.length);
  for (const [i, op] of (ops as Op[]).entries()) {
    if (!hasTarget(op, profile)) continue;
    const back = op === Op.JUMP_BACKWARD || op === Op.JUMP_BACKWARD_NO_INTERRUPT || op === Op.END_ASYNC_FOR;
    const target = index.get(ends[i]! + (back ? -args[i]! : args[i]!));
    if (target === undefined) return null;
    args[i] = target;
  }
  const byUnit = decodeLineTable(lineTable, firstLine, units);
  const positions = new Int32Array(ops.length * 4);
  for (const [i, unit] of starts.entries()) positions.set(byUnit.subarray(unit * 4, unit * 4 + 4), i * 4);
  const rows: number[] = [];
  for (const [from, to, target, depth, lasti] of decodeExceptionTable(exceptionTable)) {
    const places = [from!, to!, target!].map((unit) => index.get(unit));
    if (places.some((p) => p === undefined)) return null;
    rows.push(...(places as number[]), depth!, lasti!);
  }
  return {
    ops: Uint8Array.from(ops),
    args: Int32Array.from(args),
    positions,
    exceptiontable: Int32Array.from(rows),
  };
}

/** The location of each unit of two bytes, as `co_positions` tells them. */
export function unitPositions(u: CodeUnit, profile: Profile): Int32Array {
  const { start } = byteLayout(u, profile);
  const n = u.ops.length;
  const out = new Int32Array(start[n]! * 2);
  for (let i = 0; i < n; i++) {
    const place = u.positions.subarray(i * 4, i * 4 + 4);
    for (let b = start[i]!; b < start[i + 1]!; b += 2) out.set(place, b * 2);
  }
  return out;
}
