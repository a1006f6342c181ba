/**
 * The state of one code object under construction (struct compiler_unit in Python/compile.c).
 */
import type { Position, Stmt } from '../parser/ast';
import type { ConstValue } from './code-unit';
import { constKey } from './const-value';
import { InstructionSequence, type Label } from './instruction-sequence';
import { DEF_COMP_CELL, DEF_FREE_CLASS, Scope, scopeOf, type SymtableEntry } from './symtable-entry';

export type ScopeType = 'module' | 'class' | 'function' | 'async function' | 'lambda' | 'comprehension' | 'annotations';

/** What a `return`, `break` or `continue` has to undo on its way out (fblockinfo). */
export type FBlockType =
  | 'while loop'
  | 'for loop'
  | 'async for loop'
  | 'try except'
  | 'finally try'
  | 'finally end'
  | 'with'
  | 'async with'
  | 'handler cleanup'
  | 'pop value'
  | 'exception handler'
  | 'exception group handler'
  | 'async comprehension generator'
  | 'stop iteration';

export interface FBlock {
  type: FBlockType;
  block: Label | null;
  loc: Position;
  exit: Label | null;
  /** The statements of a `finally`. */
  finalbody: readonly Stmt[] | null;
  /** The name that an except clause binds. */
  name: string | null;
}

/** Names or constants by first use. */
export class IndexTable {
  private readonly indices = new Map<string, number>();
  readonly keys: string[] = [];
  constructor(private readonly offset = 0) {}

  add(key: string): number {
    const old = this.indices.get(key);
    if (old !== undefined) return old;
    const index = this.offset + this.keys.length;
    this.indices.set(key, index);
    this.keys.push(key);
    return index;
  }

  get(key: string): number | undefined {
    return this.indices.get(key);
  }

  get size(): number {
    return this.keys.length;
  }
}

/** co_consts under construction: one place for each different constant. */
export class ConstTable {
  private readonly indices = new Map<string, number>();
  readonly values: ConstValue[] = [];

  add(value: ConstValue): number {
    const key = constKey(value);
    const old = this.indices.get(key);
    if (old !== undefined) return old;
    this.indices.set(key, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }
}

/** By code point, as Python sorts strings. */
export function compareNames(a: string, b: string): number {
  const x = Array.from(a);
  const y = Array.from(b);
  for (let i = 0; i < x.length && i < y.length; i++) {
    const d = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (d !== 0) return d;
  }
  return x.length - y.length;
}

function namesOf(ste: SymtableEntry, scope: Scope, flag: number, table: IndexTable): IndexTable {
  const names: string[] = [];
  for (const [name, symbol] of ste.symbols) {
    if (scopeOf(symbol) === scope || (symbol & flag) !== 0) names.push(name);
  }
  for (const name of names.sort(compareNames)) table.add(name);
  return table;
}

export interface ArgumentCounts {
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
}

export const NO_ARGUMENTS: ArgumentCounts = { argcount: 0, posonlyargcount: 0, kwonlyargcount: 0 };

export class CompilerUnit {
  qualname: string;
  seq = new InstructionSequence();
  /** The unit's own sequence while its annotations are compiled into another one. */
  stashedSeq: InstructionSequence | null = null;
  readonly consts = new ConstTable();
  readonly names = new IndexTable();
  readonly varnames = new IndexTable();
  readonly cellvars: IndexTable;
  readonly freevars: IndexTable;
  /** Names of a class or module that are fast locals inside an inlined comprehension: true while inside. */
  readonly fasthidden = new Map<string, boolean>();
  readonly fblocks: FBlock[] = [];
  inInlinedComp = 0;
  inConditionalBlock = 0;
  staticAttributes: Set<string> | null;
  deferredAnnotations: { stmt: Extract<Stmt, { _type: 'AnnAssign' }>; index: number }[] = [];
  nextConditionalAnnotation = 0;

  constructor(
    readonly name: string,
    readonly scopeType: ScopeType,
    readonly ste: SymtableEntry,
    readonly firstlineno: number,
    readonly privateName: string | null,
    readonly counts: ArgumentCounts,
  ) {
    this.qualname = name;
    for (const param of ste.varnames) this.varnames.add(param);
    this.cellvars = namesOf(ste, Scope.CELL, DEF_COMP_CELL, new IndexTable());
    if (ste.needsClassClosure) this.cellvars.add('__class__');
    if (ste.needsClassdict) this.cellvars.add('__classdict__');
    if (ste.hasConditionalAnnotations) this.cellvars.add('__conditional_annotations__');
    this.freevars = namesOf(ste, Scope.FREE, DEF_FREE_CLASS, new IndexTable(this.cellvars.size));
    this.staticAttributes = scopeType === 'class' ? new Set() : null;
  }
}
