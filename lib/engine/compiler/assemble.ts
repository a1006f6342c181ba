/**
 * From the optimized graph to a code unit (Python/assemble.c): instruction indices for jumps, positions, the exception
 * table, names and kinds of the slots.
 */
import { type BasicBlock, blocksOf, cfgFromSequence, type Instruction } from './cfg';
import {
  CO_FAST_ARG_KW,
  CO_FAST_ARG_POS,
  CO_FAST_ARG_VAR,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_HIDDEN,
  CO_FAST_LOCAL,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeUnit,
  type Profile,
} from './code-unit';
import type { CompilerUnit } from './compiler-unit';
import { isScopeExit, isUnconditionalJump } from './cfg';
import { optimizeUnit } from './flowgraph';
import { NEXT_LOCATION, NO_LOCATION } from './location';
import { Op } from './opcodes';

export function assembleUnit(u: CompilerUnit, flags: number, filename: string, profile: Profile): CodeUnit {
  const g = cfgFromSequence(u.seq, profile);
  const { consts, stackDepth, nlocalsplus } = optimizeUnit(g, u, flags);
  let size = 0;
  for (const b of blocksOf(g)) {
    b.offset = size;
    size += b.instrs.length;
  }
  const instrs: Instruction[] = [];
  for (const b of blocksOf(g)) instrs.push(...b.instrs);
  resolveJumps(instrs);
  const { localsplusnames, localspluskinds } = localsPlus(u, flags, nlocalsplus);
  return {
    name: u.name,
    qualname: u.qualname,
    filename,
    firstlineno: u.firstlineno,
    argcount: u.counts.posonlyargcount + u.counts.argcount,
    posonlyargcount: u.counts.posonlyargcount,
    kwonlyargcount: u.counts.kwonlyargcount,
    flags,
    stacksize: Math.max(1, stackDepth),
    localsplusnames,
    localspluskinds,
    names: u.names.keys.slice(),
    consts,
    ops: Uint8Array.from(instrs, (instr) => instr.op),
    args: Int32Array.from(instrs, (instr) => instr.arg),
    positions: positions(instrs),
    exceptiontable: exceptionTable(instrs),
  };
}

/** END_ASYNC_FOR names the END_SEND of the loop's SEND: that lies behind YIELD_VALUE, RESUME and a jump back. */
const SEND_TO_END_SEND = 4;

function resolveJumps(instrs: readonly Instruction[]): void {
  instrs.forEach((instr, i) => {
    if (instr.target === null) return;
    instr.arg = instr.target.offset;
    const isForward = instr.arg > i;
    if (instr.op === Op.JUMP) instr.op = isForward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD;
    else if (instr.op === Op.JUMP_NO_INTERRUPT) {
      instr.op = isForward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD_NO_INTERRUPT;
    } else if (instr.op === Op.END_ASYNC_FOR) instr.arg += SEND_TO_END_SEND;
  });
}

function positions(instrs: readonly Instruction[]): Int32Array {
  for (let i = instrs.length - 1; i >= 0; i--) {
    const instr = instrs[i]!;
    if (instr.loc !== NEXT_LOCATION) continue;
    const ends = instr.target !== null || isScopeExit(instr.op) || isUnconditionalJump(instr.op);
    instr.loc = ends ? NO_LOCATION : instrs[i + 1]!.loc;
  }
  const out = new Int32Array(instrs.length * 4);
  instrs.forEach(({ loc }, i) => {
    const known = loc.lineno >= 0;
    out[i * 4] = known ? loc.lineno : -1;
    out[i * 4 + 1] = known ? loc.end_lineno : -1;
    out[i * 4 + 2] = known ? loc.col_offset : -1;
    out[i * 4 + 3] = known ? loc.end_col_offset : -1;
  });
  return out;
}

/** One row for each run of instructions with the same handler. */
function exceptionTable(instrs: readonly Instruction[]): Int32Array {
  const rows: number[] = [];
  let handler: BasicBlock | null = null;
  let start = 0;
  const end = (at: number): void => {
    if (handler === null) return;
    const lasti = handler.preserveLasti ? 1 : 0;
    rows.push(start, at, handler.offset, handler.startDepth - 1 - lasti, lasti);
  };
  instrs.forEach((instr, i) => {
    if (instr.except === handler) return;
    end(i);
    start = i;
    handler = instr.except;
  });
  end(instrs.length);
  return Int32Array.from(rows);
}

function localsPlus(
  u: CompilerUnit,
  flags: number,
  nlocalsplus: number,
): { localsplusnames: string[]; localspluskinds: Uint8Array } {
  const localsplusnames: string[] = [];
  const localspluskinds = new Uint8Array(nlocalsplus);
  const { argcount, posonlyargcount, kwonlyargcount } = u.counts;
  const positional = posonlyargcount + argcount;
  const named = positional + kwonlyargcount;
  const varargs = (flags & CO_VARARGS) !== 0 ? named : -1;
  const varkeywords = (flags & CO_VARKEYWORDS) !== 0 ? named + (varargs >= 0 ? 1 : 0) : -1;
  u.varnames.keys.forEach((name, i) => {
    let kind = CO_FAST_LOCAL;
    if (u.fasthidden.has(name)) kind |= CO_FAST_HIDDEN;
    if (u.cellvars.get(name) !== undefined) kind |= CO_FAST_CELL;
    if (i < posonlyargcount) kind |= CO_FAST_ARG_POS;
    else if (i < positional) kind |= CO_FAST_ARG_POS | CO_FAST_ARG_KW;
    else if (i < named) kind |= CO_FAST_ARG_KW;
    else if (i === varargs) kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_POS;
    else if (i === varkeywords) kind |= CO_FAST_ARG_VAR | CO_FAST_ARG_KW;
    localspluskinds[i] = kind;
    localsplusnames.push(name);
  });
  for (const name of u.cellvars.keys) {
    if (u.varnames.get(name) !== undefined) continue;
    localspluskinds[localsplusnames.length] = CO_FAST_CELL;
    localsplusnames.push(name);
  }
  for (const name of u.freevars.keys) {
    localspluskinds[localsplusnames.length] = CO_FAST_FREE;
    localsplusnames.push(name);
  }
  return { localsplusnames, localspluskinds };
}
