/** `_symtable` (Modules/symtablemodule.c, Python/symtable.c): the compiler's symbol table as objects. */
import { futureFeatures } from '../compiler/future';
import { preprocess } from '../compiler/ast-preprocess';
import { Symtable } from '../compiler/symtable';
import {
  DEF_ANNOT,
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_COMP_ITER,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  SCOPE_OFFSET,
  Scope,
  type BlockType,
  type SymtableEntry,
  USE,
} from '../compiler/symtable-entry';
import type { Handle } from '../heap/layout';
import type { GetSetDef, TypeSpec } from '../heap/object';
import { isBytes, isStr, typeName } from '../objects/abstract';
import { bytesValue } from '../objects/bytes';
import { decodeBytes } from '../objects/codecs';
import { dictSet, newDict } from '../objects/dict';
import { genericGetAttr } from '../objects/generic-attr';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { freeObject, newObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strValue } from '../objects/str';
import { PySyntaxError } from '../parser/parser';
import { parseSource, raiseSyntaxError } from '../modules/compile-source';
import { moduleType, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const NAME = 2;
const SYMBOLS = 3;
const VARNAMES = 4;
const CHILDREN = 5;
const TYPE = 6;
const NESTED = 7;
const LINENO = 8;
const FIELDS = { name: NAME, symbols: SYMBOLS, varnames: VARNAMES, children: CHILDREN } as const;
const NUMBERS = { type: TYPE, nested: NESTED, lineno: LINENO } as const;

const BLOCK_NUMBERS: Readonly<Record<BlockType, number>> = {
  function: 0,
  class: 1,
  module: 2,
  annotation: 3,
  'type alias': 4,
  'type parameters': 5,
  'type variable': 6,
};

const entrySpec: TypeSpec = {
  name: 'symtable entry',
  words: 7,
  basicsize: 160,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      for (const w of Object.values(FIELDS)) rt.heap.clearRef(h + w);
      freeObject(rt, h);
    },
    tp_ledger(rt: Runtime, h, visit) {
      for (const w of Object.values(FIELDS)) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_repr(rt: Runtime, h) {
      const name = strValue(rt, rt.mem[h + NAME]!);
      return strFrom(rt, `<symtable entry ${name}(${rt.heap.id(h)}), line ${rt.mem[h + LINENO]!}>`);
    },
    tp_getattro: genericGetAttr,
  },
  getset: {
    id: { get: (rt: Runtime, h) => intFromNumber(rt, rt.heap.id(h)) },
    ...Object.fromEntries(
      Object.entries(FIELDS).map(([name, w]): [string, GetSetDef] => [
        name,
        { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + w]!) },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(NUMBERS).map(([name, w]): [string, GetSetDef] => [
        name,
        { get: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + w]!) },
      ]),
    ),
  },
};

/** New. */
function entryObject(ip: Interpreter, entry: SymtableEntry, lineno: number): Handle {
  const { heap } = ip;
  const h = newObject(ip, moduleType(ip, entrySpec, 'static'));
  const symbols = newDict(ip);
  for (const [name, flags] of entry.symbols) {
    const key = ip.id(name);
    const value = intFromNumber(ip, flags);
    dictSet(ip, symbols, key, value);
    ip.decref(value);
  }
  heap.set(h + NAME, strFrom(ip, entry.name));
  heap.set(h + SYMBOLS, symbols);
  heap.set(
    h + VARNAMES,
    newList(
      ip,
      entry.varnames.map((n) => strFrom(ip, n)),
    ),
  );
  heap.set(
    h + CHILDREN,
    newList(
      ip,
      entry.children.map((c) => entryObject(ip, c, c.loc.lineno)),
    ),
  );
  heap.set(h + TYPE, BLOCK_NUMBERS[entry.type]);
  heap.set(h + NESTED, entry.nested ? 1 : 0);
  heap.set(h + LINENO, lineno);
  return h;
}

function symtable(ip: Interpreter, [source, filename, start]: Handle[]): Handle {
  if (!isStr(ip, source!) && !isBytes(ip, source!))
    return ip.raise('TypeError', 'symtable() arg 1 must be a string or bytes');
  const decoded = isStr(ip, source!) ? ip.newRef(source!) : decodeBytes(ip, bytesValue(ip, source!), 'utf-8', 'strict');
  if (decoded === 0) return 0;
  const text = strValue(ip, decoded);
  ip.decref(decoded);
  if (!isStr(ip, filename!))
    return ip.raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(ip, filename!)}`);
  if (!isStr(ip, start!))
    return ip.raise('TypeError', `symtable() argument 3 must be str, not ${typeName(ip, start!)}`);
  const mode = strValue(ip, start!);
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single')
    return ip.raise('ValueError', "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  const file = strValue(ip, filename!);
  const tree = parseSource(ip, text, file, mode);
  if (tree === null) return 0;
  const profile = ip.facts.name;
  try {
    const future = futureFeatures(tree, file);
    const mod = preprocess(tree, profile, future.flags, []);
    const errors = {
      syntaxError(
        message: string,
        at: { lineno: number; col_offset: number; end_lineno: number; end_col_offset: number },
      ): never {
        const { lineno, col_offset, end_lineno, end_col_offset } = at;
        throw new PySyntaxError(
          'SyntaxError',
          message,
          file,
          lineno,
          col_offset + 1,
          end_lineno,
          end_col_offset + 1,
          null,
        );
      },
    };
    return entryObject(ip, new Symtable(mod, future, profile, errors).top, 0);
  } catch (error) {
    if (error instanceof PySyntaxError) return raiseSyntaxError(ip, error);
    throw error;
  }
}

const CONSTANTS: Readonly<Record<string, number>> = {
  USE,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_LOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  DEF_FREE_CLASS,
  DEF_IMPORT,
  // A type parameter is bound by its block alone.
  DEF_BOUND: DEF_BOUND & ~DEF_TYPE_PARAM,
  DEF_ANNOT,
  DEF_COMP_ITER,
  DEF_COMP_CELL,
  SCOPE_OFF: SCOPE_OFFSET,
  SCOPE_MASK: DEF_GLOBAL | DEF_LOCAL | DEF_PARAM | DEF_NONLOCAL,
  TYPE_FUNCTION: 0,
  TYPE_CLASS: 1,
  TYPE_MODULE: 2,
  TYPE_ANNOTATION: 3,
  TYPE_TYPE_ALIAS: 4,
  TYPE_TYPE_PARAMETERS: 5,
  TYPE_TYPE_VARIABLE: 6,
  LOCAL: Scope.LOCAL,
  GLOBAL_EXPLICIT: Scope.GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT: Scope.GLOBAL_IMPLICIT,
  FREE: Scope.FREE,
  CELL: Scope.CELL,
};

export const symtableModule: NativeModule = {
  name: '_symtable',
  methods: { symtable: { kind: 'fast', min: 3, max: 3, fn: (ip: Interpreter, _m, args) => symtable(ip, args) } },
  values(ip) {
    const values: Record<string, Handle> = {};
    for (const [name, n] of Object.entries(CONSTANTS)) values[name] = intFromNumber(ip, n);
    if (ip.facts.name === '3.13') values.DEF_FREE = intFromNumber(ip, 32);
    return values;
  },
};
