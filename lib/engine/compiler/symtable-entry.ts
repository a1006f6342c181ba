/**
 * One block of the symbol table (PySTEntryObject and Include/internal/pycore_symtable.h): what each name in it is used
 * for, and after the analysis where it lives.
 */
import type { Position } from '../parser/ast';
import type { Profile } from './code-unit';

// What a name is used for in a block; the scope that the analysis finds is stored above SCOPE_OFFSET.
export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 2;
export const DEF_PARAM = 4;
export const DEF_NONLOCAL = 8;
export const USE = 16;
export const DEF_FREE_CLASS = 64;
export const DEF_IMPORT = 128;
export const DEF_ANNOT = 256;
export const DEF_COMP_ITER = 512;
export const DEF_TYPE_PARAM = 1024;
export const DEF_COMP_CELL = 2048;
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM;
export const SCOPE_OFFSET = 12;

export enum Scope {
  UNKNOWN = 0,
  LOCAL = 1,
  GLOBAL_EXPLICIT = 2,
  GLOBAL_IMPLICIT = 3,
  FREE = 4,
  CELL = 5,
}
export const scopeOf = (symbol: number): Scope => symbol >> SCOPE_OFFSET;

export type BlockType =
  | 'function'
  | 'class'
  | 'module'
  | 'annotation'
  | 'type variable'
  | 'type alias'
  | 'type parameters';
export type ComprehensionKind = 'list' | 'dict' | 'set' | 'generator';

/** One block of the symbol table (PySTEntryObject). */
export class SymtableEntry {
  /** Flags by name, in the order of first appearance; after the analysis with the scope above SCOPE_OFFSET. */
  readonly symbols = new Map<string, number>();
  /** Parameters in order. */
  readonly varnames: string[] = [];
  children: SymtableEntry[] = [];
  /** Places of `global` and `nonlocal`, for errors that the analysis finds. */
  readonly directives: { name: string; loc: Position }[] = [];
  nested = false;
  generator = false;
  coroutine = false;
  varargs = false;
  varkeywords = false;
  annotationsUsed = false;
  hasDocstring = false;
  method = false;
  comprehension: ComprehensionKind | null = null;
  compInlined = false;
  compIterTarget = false;
  compIterExpr = 0;
  canSeeClassScope = false;
  needsClassClosure = false;
  needsClassdict = false;
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  annotationBlock: SymtableEntry | null = null;
  /** Type parameters of a generic class: only these are mangled in its parameter block. */
  mangledNames: Set<string> | null = null;
  scopeInfo = '';

  constructor(
    readonly name: string,
    readonly type: BlockType,
    readonly loc: Position,
    readonly profile: Profile,
  ) {}

  get(name: string): number {
    return this.symbols.get(name) ?? 0;
  }

  scope(name: string): Scope {
    return scopeOf(this.get(name));
  }

  /** Blocks that keep their locals in slots. */
  isFunctionLike(): boolean {
    switch (this.type) {
      case 'function':
      case 'type variable':
      case 'type alias':
      case 'type parameters':
        return true;
      case 'annotation':
        return this.profile !== '3.13';
      default:
        return false;
    }
  }
}

/** `__name` in class C becomes `_C__name` (_Py_Mangle). */
export function mangle(privateName: string | null, ident: string): string {
  if (privateName === null || !ident.startsWith('__') || ident.endsWith('__') || ident.includes('.')) return ident;
  const stripped = privateName.replace(/^_+/, '');
  return stripped === '' ? ident : `_${stripped}${ident}`;
}

/** As mangle, but in a generic class's parameter block only for its type parameters. */
export function maybeMangle(privateName: string | null, ste: SymtableEntry, ident: string): string {
  if (ste.mangledNames !== null && !ste.mangledNames.has(ident)) return ident;
  return mangle(privateName, ident);
}
