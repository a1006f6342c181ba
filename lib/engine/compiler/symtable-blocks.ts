/**
 * The symbol table's blocks while the tree is walked (Python/symtable.c: symtable_enter_block, symtable_add_def).
 */
import type { Mod, Position } from '../parser/ast';
import { CO_FUTURE_ANNOTATIONS, type Profile } from './code-unit';
import { type CompileErrors, LOC0 } from './location';
import {
  type BlockType,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  maybeMangle,
  SymtableEntry,
  USE,
} from './symtable-entry';

export interface FutureFeatures {
  flags: number;
  /** PyCF_ALLOW_TOP_LEVEL_AWAIT. */
  topLevelAwait?: boolean;
  /** Where the last `from __future__` import at the head of the file ends. */
  loc: Position;
}

/** Blocks by node, the stack of open ones, and names entered into them (symtable_enter_block, symtable_add_def). */
export class SymtableBlocks {
  /** Blocks by the tree's node (or list) that opens them. */
  protected readonly blocks = new Map<object, SymtableEntry>();
  /** Blocks of type parameters' defaults, whose node already has a block for its bound. */
  protected readonly defaultBlocks = new Map<object, SymtableEntry>();
  readonly top: SymtableEntry;
  protected cur: SymtableEntry;
  protected readonly stack: SymtableEntry[] = [];
  protected privateName: string | null = null;

  constructor(
    mod: Mod,
    protected readonly future: FutureFeatures,
    readonly profile: Profile,
    protected readonly errors: CompileErrors,
  ) {
    this.top = new SymtableEntry('top', 'module', LOC0, profile);
    this.blocks.set(mod, this.top);
    this.stack.push(this.top);
    this.cur = this.top;
  }

  lookup(key: object): SymtableEntry {
    const ste = this.blocks.get(key);
    if (ste === undefined) throw new Error('unknown symbol table entry');
    return ste;
  }

  lookupOptional(key: object): SymtableEntry | undefined {
    return this.blocks.get(key);
  }

  lookupDefault(key: object): SymtableEntry {
    const ste = this.defaultBlocks.get(key);
    if (ste === undefined) throw new Error('unknown symbol table entry');
    return ste;
  }

  // ---- blocks --------------------------------------------------------------------------------------------------

  protected newEntry(name: string, type: BlockType, loc: Position): SymtableEntry {
    const ste = new SymtableEntry(name, type, loc, this.profile);
    ste.nested = this.cur.nested || this.cur.isFunctionLike();
    ste.method = this.cur.type === 'class' && type === 'function';
    return ste;
  }

  protected enterExisting(ste: SymtableEntry): void {
    const prev = this.cur;
    this.stack.push(ste);
    // An assignment expression is not allowed anywhere inside the iterable of a comprehension.
    ste.compIterExpr = prev.compIterExpr;
    if (prev.mangledNames !== null && ste.type !== 'class') ste.mangledNames = prev.mangledNames;
    this.cur = ste;
    // Annotations that become strings have no effect on the names of the program.
    if ((this.future.flags & CO_FUTURE_ANNOTATIONS) !== 0 && ste.type === 'annotation') return;
    prev.children.push(ste);
  }

  protected enter(name: string, type: BlockType, key: object, loc: Position): SymtableEntry {
    const ste = this.newEntry(name, type, loc);
    this.blocks.set(key, ste);
    this.enterExisting(ste);
    if (this.profile !== '3.13' && (type === 'annotation' || type === 'type variable' || type === 'type alias')) {
      this.addDef('.format', DEF_PARAM, loc);
      this.addDef('.format', USE, loc);
    }
    return ste;
  }

  protected exit(): void {
    this.stack.pop();
    this.cur = this.stack[this.stack.length - 1] ?? this.top;
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  protected lookupIn(ste: SymtableEntry, name: string): number {
    return ste.get(maybeMangle(this.privateName, ste, name));
  }

  protected addDefIn(name: string, flag: number, ste: SymtableEntry, loc: Position): void {
    const mangled = maybeMangle(this.privateName, this.cur, name);
    const old = ste.symbols.get(mangled) ?? 0;
    if ((flag & DEF_PARAM) !== 0 && (old & DEF_PARAM) !== 0) {
      this.errors.syntaxError(`duplicate argument '${name}' in function definition`, loc);
    }
    if ((flag & DEF_TYPE_PARAM) !== 0 && (old & DEF_TYPE_PARAM) !== 0) {
      this.errors.syntaxError(`duplicate type parameter '${name}'`, loc);
    }
    let flags = old | flag;
    if (ste.compIterTarget) {
      if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        this.errors.syntaxError(`comprehension inner loop cannot rebind assignment expression target '${name}'`, loc);
      }
      flags |= DEF_COMP_ITER;
    }
    ste.symbols.set(mangled, flags);
    if ((flag & DEF_PARAM) !== 0) ste.varnames.push(mangled);
    else if ((flag & DEF_GLOBAL) !== 0) {
      this.top.symbols.set(mangled, (this.top.symbols.get(mangled) ?? 0) | flag);
    }
  }

  protected checkName(name: string, loc: Position, ctx: 'Load' | 'Store' | 'Del'): void {
    if (name !== '__debug__' || ctx === 'Load') return;
    this.errors.syntaxError(ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__', loc, true);
  }

  protected addDef(name: string, flag: number, loc: Position, ctx: 'Load' | 'Store' | 'Del' = 'Store'): void {
    if ((flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) !== 0) this.checkName(name, loc, ctx);
    if ((flag & DEF_TYPE_PARAM) !== 0 && this.cur.mangledNames !== null) this.cur.mangledNames.add(name);
    this.addDefIn(name, flag, this.cur, loc);
  }

  protected recordDirective(name: string, loc: Position): void {
    this.cur.directives.push({ name: maybeMangle(this.privateName, this.cur, name), loc });
  }
}
