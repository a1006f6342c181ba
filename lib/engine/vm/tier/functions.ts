/**
 * Functions and cells in generated code: they are made. What objects/{funcobject,cell}.ts do, with the types and the heap's
 * words as constants, as in helpers.ts.
 */
import type { Handle } from '../../heap/layout';
import type { TypeSlots } from '../../heap/object';
import type { CodeRuntime } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import type * as Imports from './imports';

interface Base {
  inc(h: number): void;
  drop(h: number): void;
  own(word: number): number;
  set(word: number, value: number): void;
  born(type: TypeSlots, key: number, nbytes: number): Handle;
  track(h: number): void;
  dictWord(d: number, key: number): number;
}

/** Made from its text (make.ts): it may name nothing of this module or another but types. */
export function makeFunctions(imports: typeof Imports, ip: Interpreter, base: Base) {
  const {
    CELL_REF,
    CO_HAS_DOCSTRING,
    CO_LEAF,
    CO_NAME,
    CO_QUALNAME,
    FUNCTION_ATTRIBUTE_WORDS,
    FUNC_BUILTINS,
    FUNC_CLOSURE,
    FUNC_CODE,
    FUNC_DOC,
    FUNC_GLOBALS,
    FUNC_MODULE,
    FUNC_NAME,
    FUNC_QUALNAME,
    F_BUILTINS,
    F_FUNC,
    F_GLOBALS,
    F_LOCALSPLUS,
    F_PC,
    F_SP,
    TUPLE_ITEMS,
    blockKey,
    dictGetKnown,
  } = imports;
  const { mem, heap, types } = ip;
  const { inc, drop, own, set, born, track } = base;
  const cell = types.cell;
  const cellKey = blockKey(cell.blockFlags, cell.words);
  const cellBytes = cell.preheader * 16 + cell.basicsize;
  const func = types.function;
  const functionKey = blockKey(func.blockFlags, func.words);
  const functionBytes = func.preheader * 16 + func.basicsize;
  const strType = types.str.handle;
  const moduleName = ip.id('__name__');
  const is313 = ip.facts.name === '3.13';
  const attributeWords = Int32Array.from({ length: 17 }, (_, which) => FUNCTION_ATTRIBUTE_WORDS[which] ?? 0);

  /** The local's value moves into a new cell, which takes its place. */
  function makeCell(f: number, slot: number): void {
    const word = f + F_LOCALSPLUS + slot;
    const ref = mem[word]!;
    const value = ref === 0 ? 0 : own(ref);
    const h = born(cell, cellKey, cellBytes);
    track(h);
    mem[h + CELL_REF] = value;
    set(word, h);
  }
  function copyFreeVars(f: number, first: number, n: number): void {
    const from = mem[mem[f + F_FUNC]! + FUNC_CLOSURE]! + TUPLE_ITEMS;
    for (let i = 0; i < n; i++) {
      const h = mem[from + i]!;
      inc(h);
      set(f + F_LOCALSPLUS + first + i, h);
    }
  }
  /** A reference to `h` for a field of an object that is being made. */
  function take(word: number, h: Handle): void {
    inc(h);
    mem[word] = h;
  }
  /** MAKE_FUNCTION: the function, new. */
  function makeFunction(f: number, pc: number, sp: number): number {
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    const ref = mem[f + sp - 1]!;
    const code = ref & -2;
    const globals = mem[f + F_GLOBALS]!;
    const h = born(func, functionKey, functionBytes);
    track(h);
    take(h + FUNC_GLOBALS, globals);
    take(h + FUNC_BUILTINS, mem[f + F_BUILTINS]!);
    take(h + FUNC_NAME, mem[code + CO_NAME]!);
    take(h + FUNC_QUALNAME, mem[code + CO_QUALNAME]!);
    take(h + FUNC_CODE, code);
    const { consts, unit } = heap.leaf[mem[code + CO_LEAF]!] as CodeRuntime;
    const first = consts.length === 0 ? ip.None : consts[0]!;
    const hasDoc = is313 ? mem[first + 1] === strType : (unit.flags & CO_HAS_DOCSTRING) !== 0;
    take(h + FUNC_DOC, hasDoc ? first : ip.None);
    const place = base.dictWord(globals, moduleName);
    const module = place > 0 ? mem[place]! : place < 0 ? 0 : dictGetKnown(ip, globals, moduleName);
    if (module !== 0) take(h + FUNC_MODULE, module);
    if ((ref & 1) === 0) drop(ref);
    return h;
  }
  /** SET_FUNCTION_ATTRIBUTE. */
  function functionAttribute(f: number, pc: number, sp: number, which: number): void {
    const top = f + sp;
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = top;
    const made = mem[top - 1]!;
    const value = own(mem[top - 2]!);
    const word = (made & -2) + attributeWords[which]!;
    const old = mem[word]!;
    set(word, value);
    if (old !== 0) drop(old);
    mem[top - 2] = made;
  }

  return { makeCell, copyFreeVars, makeFunction, functionAttribute };
}
