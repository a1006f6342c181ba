/**
 * What the compiler hands to the VM: one code object as plain data (Include/cpython/code.h, CPython 3.14). No heap:
 * the VM makes the heap's code object, its constants tuple and its interned names from this.
 *
 * DIFFERS from `co_code`: one entry an instruction, without inline caches and EXTENDED_ARG; a jump's argument is the
 * index of the target instruction. The byte form that `dis` shows is derived from this in dis.ts.
 */
import type { ConstantValue } from '../parser/ast';

export type ConstValue =
  | ConstantValue
  | { kind: 'tuple'; items: ConstValue[] }
  | { kind: 'frozenset'; items: ConstValue[] }
  | { kind: 'slice'; start: ConstValue; stop: ConstValue; step: ConstValue }
  | { kind: 'code'; value: CodeUnit };

/** Kind bits of a localsplus slot (Include/internal/pycore_code.h). */
export const CO_FAST_ARG_POS = 0x02;
export const CO_FAST_ARG_KW = 0x04;
export const CO_FAST_ARG_VAR = 0x08;
export const CO_FAST_HIDDEN = 0x10;
export const CO_FAST_LOCAL = 0x20;
export const CO_FAST_CELL = 0x40;
export const CO_FAST_FREE = 0x80;

/** `co_flags` bits, with `inspect`'s names. */
export const CO_OPTIMIZED = 0x1;
export const CO_NEWLOCALS = 0x2;
export const CO_VARARGS = 0x4;
export const CO_VARKEYWORDS = 0x8;
export const CO_NESTED = 0x10;
export const CO_GENERATOR = 0x20;
export const CO_COROUTINE = 0x80;
export const CO_ITERABLE_COROUTINE = 0x100;
export const CO_ASYNC_GENERATOR = 0x200;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;
export const CO_HAS_DOCSTRING = 0x4000000;
export const CO_METHOD = 0x8000000;

export interface CodeUnit {
  name: string;
  qualname: string;
  filename: string;
  firstlineno: number;
  /** Positional parameters, positional-only ones included; not `*args`. */
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  flags: number;
  /** Most operands on the value stack at once. */
  stacksize: number;
  /** Slot names: parameters, other locals by first binding, cells that are not parameters, free names. */
  localsplusnames: string[];
  /** CO_FAST_* bits, one per slot. */
  localspluskinds: Uint8Array;
  names: string[];
  consts: ConstValue[];
  /** Opcode numbers of opcodes.ts, one per instruction. */
  ops: Uint8Array;
  /** One argument per instruction, 0 where it takes none. */
  args: Int32Array;
  /** Four per instruction: lineno, end_lineno, col_offset, end_col_offset; -1 where there is none. */
  positions: Int32Array;
  /** Five per row: start (incl.), end (excl.), target instruction, stack depth to unwind to, push lasti (0/1). */
  exceptiontable: Int32Array;
}

export type Profile = '3.13' | '3.14';
export type CompileMode = 'exec' | 'eval' | 'single';
/** What `python -O` and `-OO` are: 1 without assert statements and with `__debug__` False, 2 without docstrings too. */
export type Optimize = 0 | 1 | 2;
