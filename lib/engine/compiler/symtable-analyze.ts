/**
 * The symbol table, second pass (Python/symtable.c: analyze_block and what it calls): decides for each name of each
 * block whether it is local, global, free or a cell, and which comprehensions are inlined (PEP 709).
 */
import {
  DEF_BOUND,
  DEF_COMP_CELL,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  SCOPE_OFFSET,
  Scope,
  scopeOf,
  type SymtableEntry,
} from './symtable-entry';
import type { CompileErrors } from './location';

type Names = Set<string>;

/** What one block knows while its names are decided. */
interface Analysis {
  scopes: Map<string, Scope>;
  /** Names bound in function blocks around; null in a module. */
  bound: Names | null;
  local: Names;
  free: Names;
  global: Names;
  typeParams: Names;
  /** The class whose namespace is looked at first, for annotation and type-parameter blocks in it. */
  classEntry: SymtableEntry | null;
}

export function analyze(top: SymtableEntry, errors: CompileErrors): void {
  analyzeBlock(top, null, new Set(), new Set(), new Set(), null, errors);
}

function errorAtDirective(ste: SymtableEntry, name: string, message: string, errors: CompileErrors): never {
  const directive = ste.directives.find((d) => d.name === name);
  return errors.syntaxError(message, directive?.loc ?? ste.loc);
}

function analyzeName(ste: SymtableEntry, name: string, flags: number, a: Analysis, errors: CompileErrors): void {
  const { scopes, bound, local, free, global, typeParams, classEntry } = a;
  if ((flags & DEF_GLOBAL) !== 0) {
    if ((flags & DEF_NONLOCAL) !== 0) errorAtDirective(ste, name, `name '${name}' is nonlocal and global`, errors);
    scopes.set(name, Scope.GLOBAL_EXPLICIT);
    global.add(name);
    bound?.delete(name);
    return;
  }
  if ((flags & DEF_NONLOCAL) !== 0) {
    if (bound === null) {
      errorAtDirective(ste, name, 'nonlocal declaration not allowed at module level', errors);
    }
    if (!bound.has(name)) errorAtDirective(ste, name, `no binding for nonlocal '${name}' found`, errors);
    if (typeParams.has(name)) {
      errorAtDirective(ste, name, `nonlocal binding not allowed for type parameter '${name}'`, errors);
    }
    scopes.set(name, Scope.FREE);
    free.add(name);
    return;
  }
  if ((flags & DEF_BOUND) !== 0) {
    scopes.set(name, Scope.LOCAL);
    local.add(name);
    global.delete(name);
    if ((flags & DEF_TYPE_PARAM) !== 0) typeParams.add(name);
    else typeParams.delete(name);
    return;
  }
  // A block that sees a class namespace looks there and then in the globals, never in an outer function, if the class
  // binds the name.
  if (classEntry !== null) {
    const classFlags = classEntry.get(name);
    if ((classFlags & DEF_GLOBAL) !== 0) {
      scopes.set(name, Scope.GLOBAL_EXPLICIT);
      return;
    }
    if ((classFlags & DEF_BOUND) !== 0 && (classFlags & DEF_NONLOCAL) === 0) {
      scopes.set(name, Scope.GLOBAL_IMPLICIT);
      return;
    }
  }
  if (bound?.has(name)) {
    scopes.set(name, Scope.FREE);
    free.add(name);
    return;
  }
  scopes.set(name, Scope.GLOBAL_IMPLICIT);
}

/** Takes the names of an inlined comprehension over into the block around it. */
function inlineComprehension(
  ste: SymtableEntry,
  comp: SymtableEntry,
  scopes: Map<string, Scope>,
  compFree: Names,
  inlinedCells: Names,
): void {
  let removeDunderClass = false;
  for (const [name, symbol] of comp.symbols) {
    if ((symbol & DEF_PARAM) !== 0) continue; // .0
    let scope = scopeOf(symbol);
    const flags = symbol & ((1 << SCOPE_OFFSET) - 1);
    if (scope === Scope.CELL || (flags & DEF_COMP_CELL) !== 0) inlinedCells.add(name);
    // __class__ is never free through a class block.
    if (scope === Scope.FREE && ste.type === 'class' && name === '__class__') {
      scope = Scope.GLOBAL_IMPLICIT;
      compFree.delete(name);
      removeDunderClass = true;
    }
    const existing = ste.symbols.get(name);
    if (existing === undefined) {
      ste.symbols.set(name, flags);
      scopes.set(name, scope);
    } else if ((existing & DEF_BOUND) !== 0 && ste.type !== 'class') {
      // Free in the comprehension and local outside: now simply local, unless a block inside needs the cell.
      if (!comp.children.some((child) => child.scope(name) === Scope.FREE)) compFree.delete(name);
    }
  }
  if (removeDunderClass) comp.symbols.delete('__class__');
}

function analyzeCells(scopes: Map<string, Scope>, free: Names, inlinedCells: Names): void {
  for (const [name, scope] of scopes) {
    if (scope !== Scope.LOCAL || (!free.has(name) && !inlinedCells.has(name))) continue;
    scopes.set(name, Scope.CELL);
    free.delete(name);
  }
}

function dropClassFree(ste: SymtableEntry, free: Names): void {
  if (free.delete('__class__')) ste.needsClassClosure = true;
  if (free.delete('__classdict__')) ste.needsClassdict = true;
  if (free.delete('__conditional_annotations__')) ste.hasConditionalAnnotations = true;
}

/** Writes the scopes into the symbols and passes free names of inner blocks on. */
function updateSymbols(
  ste: SymtableEntry,
  scopes: Map<string, Scope>,
  bound: Names | null,
  free: Names,
  inlinedCells: Names,
  classFlag: boolean,
): void {
  for (const [name, symbol] of ste.symbols) {
    const flags = inlinedCells.has(name) ? symbol | DEF_COMP_CELL : symbol;
    ste.symbols.set(name, flags | ((scopes.get(name) ?? Scope.UNKNOWN) << SCOPE_OFFSET));
  }
  for (const name of free) {
    const symbol = ste.symbols.get(name);
    if (symbol !== undefined) {
      // A free name of a method that the class also binds or declares global.
      if (classFlag) ste.symbols.set(name, symbol | DEF_FREE_CLASS);
    } else if (bound === null || bound.has(name)) {
      ste.symbols.set(name, Scope.FREE << SCOPE_OFFSET);
    }
  }
}

function addAll(into: Names, from: Iterable<string>): void {
  for (const name of from) into.add(name);
}

function analyzeBlock(
  ste: SymtableEntry,
  bound: Names | null,
  free: Names,
  global: Names,
  typeParams: Names,
  classEntry: SymtableEntry | null,
  errors: CompileErrors,
): void {
  const local: Names = new Set();
  const scopes = new Map<string, Scope>();
  const newBound: Names = new Set();
  const newGlobal: Names = new Set();
  const newFree: Names = new Set();
  const inlinedCells: Names = new Set();
  // A class's names are not seen in the functions in it, so what they see is set before the class is analyzed.
  if (ste.type === 'class') {
    addAll(newGlobal, global);
    if (bound !== null) addAll(newBound, bound);
  }
  const analysis: Analysis = { scopes, bound, local, free, global, typeParams, classEntry };
  for (const [name, flags] of ste.symbols) analyzeName(ste, name, flags, analysis, errors);
  if (ste.type !== 'class') {
    if (ste.isFunctionLike()) addAll(newBound, local);
    if (bound !== null) addAll(newBound, bound);
    addAll(newGlobal, global);
  } else {
    newBound.add('__class__').add('__classdict__');
    if (ste.profile !== '3.13') newBound.add('__conditional_annotations__');
  }
  for (const child of ste.children) {
    const childClass = !child.canSeeClassScope ? null : ste.type === 'class' ? ste : classEntry;
    // Comprehensions in annotation blocks that see a class stay functions.
    const isInlined = child.comprehension !== null && !child.generator && !ste.canSeeClassScope;
    const childFree = new Set(newFree);
    analyzeBlock(child, new Set(newBound), childFree, new Set(newGlobal), new Set(typeParams), childClass, errors);
    if (isInlined) {
      inlineComprehension(ste, child, scopes, childFree, inlinedCells);
      child.compInlined = true;
    }
    addAll(newFree, childFree);
  }
  ste.children = ste.children.flatMap((child) => (child.compInlined ? child.children : [child]));
  if (ste.isFunctionLike()) analyzeCells(scopes, newFree, inlinedCells);
  else if (ste.type === 'class') dropClassFree(ste, newFree);
  updateSymbols(ste, scopes, bound, newFree, inlinedCells, ste.type === 'class' || ste.canSeeClassScope);
  addAll(free, newFree);
}
