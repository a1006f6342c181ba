/**
 * The listing that `dis.dis` prints (Lib/dis.py, CPython 3.13 and 3.14), made from a code unit, and its rows for views.
 *
 * DIFFERS: a code object among the constants is shown without its address, unless the caller knows one: a unit has
 * none before the VM makes its object.
 */
import { byteLayout, hasArg, hasTarget } from './byte-layout';
import type { CodeUnit, ConstValue, Profile } from './code-unit';
import { constRepr } from './const-repr';
import {
  CMP_SYMBOLS,
  COMMON_CONSTANT_NAMES,
  INTRINSIC_1_NAMES,
  INTRINSIC_2_NAMES,
  NB_SYMBOLS,
  Op,
  OPCODES,
  SPECIAL_METHOD_NAMES,
} from './opcodes';

export interface DisRow {
  /** Index in the unit; that of the instruction it extends for an EXTENDED_ARG. */
  index: number;
  opname: string;
  /** Byte offset, as in `f_lasti` and tracebacks. */
  offset: number;
  arg: number | null;
  /** What the argument stands for. */
  argrepr: string;
  /** Number of the label here, from 1; null if nothing refers to this place. */
  label: number | null;
  /** The line, where this row is the first of its line; undefined where it is not. Null: no line. */
  startsLine: number | null | undefined;
}

export interface Disassembly {
  rows: DisRow[];
  exceptions: { start: number; end: number; target: number; depth: number; lasti: boolean }[];
  labels: number;
}

/** How code objects among the constants show; `dis` shows their address. */
export type CodeRepr = (code: CodeUnit) => string;

const FUNCTION_ATTRIBUTES = ['defaults', 'kwdefaults', 'annotations', 'closure', 'annotate'];

function reprOf(v: ConstValue, codeRepr: CodeRepr): string {
  return v.kind === 'code' ? codeRepr(v.value) : constRepr(v);
}

function argReprOf(u: CodeUnit, op: Op, arg: number, target: string, codeRepr: CodeRepr, profile: Profile): string {
  const local = (slot: number): string => u.localsplusnames[slot] ?? '';
  const withFlag = (name: string | undefined, text: string): string => `${name}${(arg & 1) !== 0 ? text : ''}`;
  switch (OPCODES[op]!.arg) {
    case 'const':
      return reprOf(u.consts[arg]!, codeRepr);
    case 'name':
      return u.names[arg] ?? '';
    case 'name1':
      return withFlag(u.names[arg >> 1], op === Op.LOAD_GLOBAL ? ' + NULL' : ' + NULL|self');
    case 'name2':
      return withFlag(u.names[arg >> 2], ' + NULL|self');
    case 'local':
    case 'deref':
      return local(arg);
    case 'local2':
      return `${local(arg >> 4)}, ${local(arg & 15)}`;
    case 'jump':
      return `to ${target}`;
    case 'endasync':
      return profile === '3.13' ? '' : `from ${target}`;
    case 'compare':
      return (arg & 16) !== 0 ? `bool(${CMP_SYMBOLS[arg >> 5]})` : CMP_SYMBOLS[arg >> 5]!;
    case 'conversion':
      return ['', 'str', 'repr', 'ascii'][arg] ?? '';
    case 'funcattr':
      return FUNCTION_ATTRIBUTES.filter((_, i) => (arg & (1 << i)) !== 0).join(', ');
    case 'binary':
      return NB_SYMBOLS[arg] ?? '';
    case 'intrinsic1':
      return INTRINSIC_1_NAMES[arg] ?? '';
    case 'intrinsic2':
      return INTRINSIC_2_NAMES[arg] ?? '';
    case 'common': {
      const name = COMMON_CONSTANT_NAMES[arg] ?? '';
      return name === 'all' || name === 'any' ? `<built-in function ${name}>` : name;
    }
    case 'special':
      return SPECIAL_METHOD_NAMES[arg] ?? '';
    case 'invert':
      if (profile === '3.13') return '';
      return `${op === Op.IS_OP ? 'is' : ''}${arg !== 0 ? (op === Op.IS_OP ? ' not' : 'not ') : ''}${
        op === Op.CONTAINS_OP ? 'in' : ''
      }`;
    default:
      return '';
  }
}

export function disassemble(u: CodeUnit, profile: Profile, codeRepr: CodeRepr = defaultCodeRepr): Disassembly {
  const layout = byteLayout(u, profile);
  const n = u.ops.length;
  const places = new Set<number>();
  u.ops.forEach((op, i) => {
    if (hasTarget(op, profile)) places.add(u.args[i]!);
  });
  const table = u.exceptiontable;
  for (let i = 0; i < table.length; i += 5)
    places
      .add(table[i]!)
      .add(table[i + 1]!)
      .add(table[i + 2]!);
  const labels = new Map([...places].sort((a, b) => a - b).map((place, i) => [place, i + 1]));
  const rows: DisRow[] = [];
  let lastLine: number | null | undefined;
  for (let i = 0; i < n; i++) {
    const op = u.ops[i]! as Op;
    const lineno = u.positions[i * 4]!;
    const line = lineno < 0 ? null : lineno;
    const startsLine = line === lastLine ? undefined : line;
    lastLine = line;
    const label = labels.get(i) ?? null;
    const arg = layout.arg[i]!;
    const first = layout.start[i]!;
    const own = layout.offset[i]!;
    for (let at = first; at < own; at += 2) {
      const prefix = arg >>> (4 * (own - at));
      rows.push({
        index: i,
        opname: 'EXTENDED_ARG',
        offset: at,
        arg: prefix,
        argrepr: '',
        label: at === first ? label : null,
        startsLine: at === first ? startsLine : undefined,
      });
    }
    const target = `L${labels.get(u.args[i]!) ?? 0}`;
    rows.push({
      index: i,
      opname: OPCODES[op]!.name,
      offset: own,
      arg: hasArg(op, profile) ? arg : null,
      argrepr: hasArg(op, profile) ? argReprOf(u, op, u.args[i]!, target, codeRepr, profile) : '',
      label: first === own ? label : null,
      startsLine: first === own ? startsLine : undefined,
    });
  }
  const exceptions: Disassembly['exceptions'] = [];
  for (let i = 0; i < table.length; i += 5) {
    exceptions.push({
      start: labels.get(table[i]!)!,
      end: labels.get(table[i + 1]!)!,
      target: labels.get(table[i + 2]!)!,
      depth: table[i + 3]!,
      lasti: table[i + 4] === 1,
    });
  }
  return { rows, exceptions, labels: labels.size };
}

export function defaultCodeRepr(code: CodeUnit): string {
  return `<code object ${code.name}, file "${code.filename}", line ${code.firstlineno}>`;
}

const OPNAME_WIDTH = 20;
const OPARG_WIDTH = 5;
const NO_LINENO = '  --';

function lineWidth(rows: readonly DisRow[]): number {
  const starts = rows.map((row) => row.startsLine).filter((line) => line !== undefined);
  // Line 0, of a module's RESUME, does not count.
  const lines = starts.filter((line) => line !== null && line !== 0) as number[];
  if (lines.length === 0) return 0;
  const width = Math.max(3, ...lines.map((line) => String(line).length));
  return starts.includes(null) ? Math.max(width, NO_LINENO.length) : width;
}

/** The listing of one unit, as `dis.disassemble` prints it. */
export function disText(u: CodeUnit, profile: Profile, codeRepr: CodeRepr = defaultCodeRepr): string {
  const { rows, exceptions, labels } = disassemble(u, profile, codeRepr);
  const lineno = lineWidth(rows);
  const labelWidth = 4 + String(labels).length;
  const out: string[] = [];
  for (const row of rows) {
    if (lineno > 0 && row.startsLine !== undefined && row.offset > 0) out.push('');
    const fields: string[] = [];
    if (lineno > 0) {
      const line = row.startsLine === undefined ? '' : row.startsLine === null ? NO_LINENO : String(row.startsLine);
      fields.push(line.padStart(lineno));
    }
    fields.push(
      (row.label === null ? '' : `L${row.label}:`).padStart(labelWidth),
      '   ',
      row.opname.padEnd(OPNAME_WIDTH),
    );
    if (row.arg !== null) {
      const excess = Math.max(0, row.opname.length - OPNAME_WIDTH);
      fields.push(String(row.arg).padStart(OPARG_WIDTH - excess));
      if (row.argrepr !== '') fields.push(`(${row.argrepr})`);
    }
    out.push(fields.join(' ').trimEnd());
  }
  if (exceptions.length > 0) {
    out.push('ExceptionTable:');
    for (const e of exceptions) {
      out.push(`  L${e.start} to L${e.end} -> L${e.target} [${e.depth}]${e.lasti ? ' lasti' : ''}`);
    }
  }
  return `${out.join('\n')}\n`;
}

/** The listing of a unit and all units in it, as `dis.dis` prints it. */
export function dis(u: CodeUnit, profile: Profile, codeRepr: CodeRepr = defaultCodeRepr): string {
  let out = disText(u, profile, codeRepr);
  for (const v of u.consts) {
    if (v.kind === 'code') out += `\nDisassembly of ${codeRepr(v.value)}:\n${dis(v.value, profile, codeRepr)}`;
  }
  return out;
}
