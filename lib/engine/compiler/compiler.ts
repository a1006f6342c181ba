/**
 * The compiler's state and the services that code generation uses (Python/compile.c, CPython 3.13 and 3.14): scopes
 * and units, name resolution, constants, frame blocks. What is generated for each node is in the codegen files.
 */
import { PySyntaxError, type SyntaxWarning } from '../parser/syntax-error';
import type { Expr, Mod, Position, Stmt } from '../parser/ast';
import { assembleUnit } from './assemble';
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_FUTURE_ANNOTATIONS,
  CO_GENERATOR,
  CO_HAS_DOCSTRING,
  CO_METHOD,
  CO_NESTED,
  CO_NEWLOCALS,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeUnit,
  type ConstValue,
  type Optimize,
  type Profile,
} from './code-unit';
import {
  type ArgumentCounts,
  CompilerUnit,
  compareNames,
  type FBlock,
  type FBlockType,
  type IndexTable,
  NO_ARGUMENTS,
  type ScopeType,
} from './compiler-unit';
import { NONE, str } from './const-value';
import type { InstructionSequence, Label } from './instruction-sequence';
import { type CompileErrors, location, NO_LOCATION } from './location';
import { Op, Resume } from './opcodes';
import { Symtable } from './symtable';
import type { FutureFeatures } from './symtable-blocks';
import { DEF_LOCAL, DEF_NONLOCAL, mangle, maybeMangle, Scope, scopeOf, type SymtableEntry } from './symtable-entry';

/** Longest run of operands on the stack before a literal or call is built piece by piece (_PY_STACK_USE_GUIDELINE). */
export const STACK_USE_GUIDELINE = 30;
const CO_MAXBLOCKS = 20;

export type NameOp = 'fast' | 'global' | 'deref' | 'name';

/** What an inlined comprehension changed in the unit around it, to be put back. */
export interface InlinedComprehensionState {
  pushedLocals: string[];
  tempSymbols: Map<string, number>;
  fastHidden: Set<string>;
  cleanup: Label | null;
}

export class Compiler implements CompileErrors {
  readonly is313: boolean;
  readonly symtable: Symtable;
  readonly futureFlags: number;
  /** The unit under construction. */
  u!: CompilerUnit;
  private readonly stack: CompilerUnit[] = [];
  /** The one statement of a module whose value is displayed. */
  displayed: Stmt | null = null;
  optimize: Optimize = 0;

  constructor(
    mod: Mod,
    readonly filename: string,
    readonly profile: Profile,
    future: FutureFeatures,
    readonly interactive: boolean,
    private readonly inheritedFlags: number,
    private readonly warnings: SyntaxWarning[],
  ) {
    this.is313 = profile === '3.13';
    this.futureFlags = future.flags;
    this.symtable = new Symtable(mod, future, profile, {
      syntaxError: (message, loc, since314 = false): never => this.syntaxError(message, loc, !since314 || !this.is313),
    });
  }

  syntaxError(message: string, loc: Position, located = false): never {
    const error = new PySyntaxError(
      'SyntaxError',
      message,
      this.filename,
      loc.lineno,
      loc.col_offset + 1,
      loc.end_lineno,
      loc.end_col_offset + 1,
      null,
    );
    error.located = located;
    throw error;
  }

  warn(msg: string, loc: Position): void {
    if (this.u.fblocks.some((block) => block.type === 'finally end') && !this.is313) return;
    this.warnings.push({
      category: 'SyntaxWarning',
      msg,
      lineno: loc.lineno,
      offset: loc.col_offset + 1,
      end_lineno: loc.end_lineno,
      end_offset: loc.end_col_offset + 1,
    });
  }

  get ste(): SymtableEntry {
    return this.u.ste;
  }

  get annotationsAsStrings(): boolean {
    return (this.futureFlags & CO_FUTURE_ANNOTATIONS) !== 0;
  }

  get isInteractiveTopLevel(): boolean {
    return this.interactive && this.stack.length === 0;
  }

  // ---- instructions --------------------------------------------------------------------------------------------

  op(op: Op, loc: Position, arg = 0): void {
    this.u.seq.add(op, arg, loc);
  }

  jump(op: Op, target: Label, loc: Position): void {
    this.u.seq.addJump(op, target, loc);
  }

  label(): Label {
    return this.u.seq.newLabel();
  }

  use(label: Label): void {
    this.u.seq.placeLabel(label);
  }

  loadConst(value: ConstValue, loc: Position): void {
    this.op(Op.LOAD_CONST, loc, this.u.consts.add(value));
  }

  loadStr(value: string, loc: Position): void {
    this.loadConst(str(value), loc);
  }

  loadNone(loc: Position): void {
    this.loadConst(NONE, loc);
  }

  /** An instruction whose argument is a name's index in a table, without mangling. */
  opName(op: Op, name: string, table: IndexTable, loc: Position): void {
    this.op(op, loc, table.add(name));
  }

  /** An attribute, mangled; `flags` are the low bits of the argument, `shift` how many there are. */
  attribute(op: Op, name: string, loc: Position, shift = 0, flags = 0): void {
    this.op(op, loc, (this.u.names.add(this.mangled(name)) << shift) | flags);
  }

  mangled(name: string): string {
    return maybeMangle(this.u.privateName, this.u.ste, name);
  }

  // ---- scopes --------------------------------------------------------------------------------------------------

  enterScope(
    name: string,
    scopeType: ScopeType,
    ste: SymtableEntry,
    firstlineno: number,
    privateName: string | null = null,
    counts: ArgumentCounts = NO_ARGUMENTS,
  ): void {
    const outer = this.u as CompilerUnit | undefined;
    if (outer !== undefined) this.stack.push(outer);
    const unit = new CompilerUnit(name, scopeType, ste, firstlineno, privateName ?? outer?.privateName ?? null, counts);
    this.u = unit;
    if (scopeType !== 'module') unit.qualname = this.qualnameFor(unit);
    const lineno = scopeType === 'module' ? 0 : firstlineno;
    const loc = location(lineno, firstlineno, 0, 0);
    this.op(Op.RESUME, loc, Resume.AT_FUNC_START);
    if (scopeType === 'module' && !this.is313) this.op(Op.ANNOTATIONS_PLACEHOLDER, loc);
  }

  private qualnameFor(u: CompilerUnit): string {
    const depth = this.stack.length;
    if (depth <= 1) return u.name;
    let parent = this.stack[depth - 1]!;
    if (parent.scopeType === 'annotations') {
      // The block of type parameters does not show in names.
      if (depth === 2) return u.name;
      parent = this.stack[depth - 2]!;
    }
    if (u.scopeType === 'function' || u.scopeType === 'async function' || u.scopeType === 'class') {
      const scope = parent.ste.scope(mangle(parent.privateName, u.name));
      if (scope === Scope.GLOBAL_EXPLICIT) return u.name;
    }
    const isFunction =
      parent.scopeType === 'function' || parent.scopeType === 'async function' || parent.scopeType === 'lambda';
    return `${parent.qualname}${isFunction ? '.<locals>' : ''}.${u.name}`;
  }

  exitScope(): void {
    const outer = this.stack.pop();
    if (outer !== undefined) this.u = outer;
  }

  /** Ends the unit's sequence and makes its code. The unit stays current: call exitScope after it. */
  assemble(addNone: boolean): CodeUnit {
    if (addNone) this.loadNone(NO_LOCATION);
    this.op(Op.RETURN_VALUE, NO_LOCATION);
    return assembleUnit(this.u, this.codeFlags(), this.filename, this.profile);
  }

  private codeFlags(): number {
    const ste = this.u.ste;
    let flags = 0;
    if (ste.isFunctionLike()) {
      flags |= CO_NEWLOCALS | CO_OPTIMIZED;
      if (ste.nested) flags |= CO_NESTED;
      if (ste.generator && !ste.coroutine) flags |= CO_GENERATOR;
      if (ste.generator && ste.coroutine) flags |= CO_ASYNC_GENERATOR;
      if (ste.varargs) flags |= CO_VARARGS;
      if (ste.varkeywords) flags |= CO_VARKEYWORDS;
      if (!this.is313 && ste.hasDocstring) flags |= CO_HAS_DOCSTRING;
      if (!this.is313 && ste.method) flags |= CO_METHOD;
    }
    if (ste.coroutine && !ste.generator) flags |= CO_COROUTINE;
    return flags | this.inheritedFlags;
  }

  // ---- frame blocks --------------------------------------------------------------------------------------------

  pushFBlock(
    type: FBlockType,
    loc: Position,
    block: Label | null,
    exit: Label | null = null,
    datum: { finalbody?: readonly Stmt[]; name?: string | null } = {},
  ): void {
    if (this.u.fblocks.length >= CO_MAXBLOCKS) this.syntaxError('too many statically nested blocks', loc);
    const { finalbody = null, name = null } = datum;
    this.u.fblocks.push({ type, block, loc, exit, finalbody, name });
  }

  restoreFBlock(block: FBlock): void {
    this.u.fblocks.push(block);
  }

  popFBlock(): FBlock {
    return this.u.fblocks.pop()!;
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  refType(name: string): Scope {
    if (
      this.u.scopeType === 'class' &&
      (name === '__class__' || name === '__classdict__' || name === '__conditional_annotations__')
    ) {
      return Scope.CELL;
    }
    return this.u.ste.scope(name);
  }

  /** The index of a closure cell that an inner function takes over. */
  lookupArg(name: string): number {
    const table = this.refType(name) === Scope.CELL ? this.u.cellvars : this.u.freevars;
    const index = table.get(name);
    if (index === undefined) throw new Error(`no cell for '${name}' in ${this.u.name}`);
    return index;
  }

  resolveName(mangledName: string, scope: Scope): { kind: NameOp; arg: number } {
    const u = this.u;
    switch (scope) {
      case Scope.FREE:
        return { kind: 'deref', arg: u.freevars.add(mangledName) };
      case Scope.CELL:
        return { kind: 'deref', arg: u.cellvars.add(mangledName) };
      case Scope.LOCAL:
        if (u.ste.isFunctionLike() || u.fasthidden.get(mangledName) === true) return { kind: 'fast', arg: -1 };
        break;
      case Scope.GLOBAL_IMPLICIT:
        if (u.ste.isFunctionLike()) return { kind: 'global', arg: u.names.add(mangledName) };
        break;
      case Scope.GLOBAL_EXPLICIT:
        return { kind: 'global', arg: u.names.add(mangledName) };
      default:
        break;
    }
    return { kind: 'name', arg: u.names.add(mangledName) };
  }

  /** `self.x = …` in a method: x goes into the class's __static_attributes__. */
  noteStaticAttribute(e: Extract<Expr, { _type: 'Attribute' }>): void {
    if (e.ctx !== 'Store' || e.value._type !== 'Name' || e.value.id !== 'self') return;
    for (const unit of [this.u, ...this.stack.slice().reverse()]) {
      if (unit.staticAttributes === null) continue;
      unit.staticAttributes.add(e.attr);
      return;
    }
  }

  staticAttributes(): ConstValue {
    return { kind: 'tuple', items: [...this.u.staticAttributes!].sort(compareNames).map(str) };
  }

  // ---- inlined comprehensions ----------------------------------------------------------------------------------

  tweakInlinedComprehensionScopes(entry: SymtableEntry, state: InlinedComprehensionState): void {
    const u = this.u;
    const inClassBlock = u.ste.type === 'class' && u.inInlinedComp === 0;
    u.inInlinedComp++;
    for (const [name, symbol] of entry.symbols) {
      const scope = scopeOf(symbol);
      const outer = u.ste.get(name);
      const outerScope = scopeOf(outer);
      if (
        (scope !== outerScope && scope !== Scope.FREE && !(scope === Scope.CELL && outerScope === Scope.FREE)) ||
        inClassBlock
      ) {
        u.ste.symbols.set(name, symbol);
        state.tempSymbols.set(name, outer);
      }
      if (((symbol & DEF_LOCAL) !== 0 && (symbol & DEF_NONLOCAL) === 0) || inClassBlock) {
        if (!u.ste.isFunctionLike() && u.fasthidden.get(name) !== true) {
          u.fasthidden.set(name, true);
          state.fastHidden.add(name);
        }
      }
    }
  }

  revertInlinedComprehensionScopes(state: InlinedComprehensionState): void {
    const u = this.u;
    u.inInlinedComp--;
    for (const [name, symbol] of state.tempSymbols) u.ste.symbols.set(name, symbol);
    for (const name of state.fastHidden) u.fasthidden.set(name, false);
  }

  // ---- annotations ---------------------------------------------------------------------------------------------

  /** Notes an annotation for the unit's __annotate__; the index is set where it may not be reached. */
  addDeferredAnnotation(stmt: Extract<Stmt, { _type: 'AnnAssign' }>): number | null {
    const u = this.u;
    const conditional = u.scopeType === 'module' || u.inConditionalBlock > 0;
    const index = conditional ? u.nextConditionalAnnotation++ : -1;
    u.deferredAnnotations.push({ stmt, index });
    return conditional ? index : null;
  }

  startAnnotationSetup(newSeq: InstructionSequence): void {
    this.u.stashedSeq = this.u.seq;
    this.u.seq = newSeq;
  }

  endAnnotationSetup(): void {
    const annotations = this.u.seq;
    this.u.seq = this.u.stashedSeq!;
    this.u.stashedSeq = null;
    this.u.seq.annotationsCode = annotations;
  }
}
