/**
 * The compiler's door (_PyAST_Compile in Python/compile.c): a tree in, a code unit out. Errors that only the compiler
 * finds (`'return' outside function`, `no binding for nonlocal 'x' found`, …) are thrown as PySyntaxError.
 */
import type { Mod, Stmt } from '../parser/ast';
import type { SyntaxWarning } from '../parser/syntax-error';
import { preprocess } from './ast-preprocess';
import { visitExpr } from './codegen-expr';
import { visitBody } from './codegen-stmt';
import { CO_FUTURE_ANNOTATIONS, type CodeUnit, type CompileMode, type Optimize, type Profile } from './code-unit';
import { Compiler } from './compiler';
import { futureFeatures } from './future';
import { location, type Location, locationOf } from './location';
import { Op } from './opcodes';

const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;

export interface CompileOptions {
  /** Flags of the code that compiles (`from __future__` imports that hold for it too), as `exec` inherits them. */
  flags?: number;
  /** As `python -O` (1) and `-OO` (2): what it leaves out of the code. */
  optimize?: Optimize;
  /** SyntaxWarnings are appended here, in CPython's order. */
  warnings?: SyntaxWarning[];
  /** A notebook's cell: the value of the last statement, if it is an expression, goes to `sys.displayhook`. */
  displayLast?: boolean;
}

function startLocation(body: readonly Stmt[]): Location {
  return body[0] !== undefined ? locationOf(body[0]) : location(1, 1, 0, 0);
}

export function compile(
  tree: Mod,
  filename: string,
  mode: CompileMode,
  profile: Profile,
  opts: CompileOptions = {},
): CodeUnit {
  const inherited = opts.flags ?? 0;
  const warnings = opts.warnings ?? [];
  const future = futureFeatures(tree, filename);
  future.flags |= inherited & CO_FUTURE_ANNOTATIONS;
  future.topLevelAwait = (inherited & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0;
  const mod = preprocess(tree, profile, future.flags, warnings, opts.optimize);
  const c = new Compiler(mod, filename, profile, future, mode === 'single', future.flags, warnings);
  c.optimize = opts.optimize ?? 0;
  if (opts.displayLast === true && mod._type === 'Module') c.displayed = mod.body.at(-1) ?? null;
  c.enterScope('<module>', 'module', c.symtable.top, 1);
  if (mod._type === 'Expression') visitExpr(c, mod.body);
  else {
    const isOldInteractive = mod._type === 'Interactive' && profile === '3.13';
    const loc = startLocation(isOldInteractive ? [] : mod.body);
    if (c.ste.hasConditionalAnnotations) {
      c.op(Op.BUILD_SET, loc, 0);
      c.opName(Op.STORE_NAME, '__conditional_annotations__', c.u.names, loc);
    }
    visitBody(c, loc, mod.body, mod._type === 'Interactive');
  }
  return c.assemble(mod._type !== 'Expression');
}
