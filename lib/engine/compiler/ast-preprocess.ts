/**
 * What is done to the tree before the symbol table (Python/ast_preprocess.c in 3.14, Python/ast_opt.c in 3.13):
 * `'…' % (…)` as an f-string, `__debug__`, numbers in patterns; in 3.13 also the folding of constants, which 3.14 does
 * in the flow graph. The tree is not changed: new nodes share what stays the same.
 */
import type { Expr, Mod, Pattern, Position, Stmt } from '../parser/ast';
import type { SyntaxWarning } from '../parser/syntax-error';
import { CO_FUTURE_ANNOTATIONS, type ConstValue, type Optimize, type Profile } from './code-unit';
import { foldBinary, foldUnary } from './const-fold';
import { bool, frozenset, tuple } from './const-value';
import { checkFinally } from './finally-check';
import { docstringOf } from './docstring';
import { binaryArg } from './codegen-expr';
import { formatToJoinedStr } from './percent-format';

/** Constants of the compiler's own kinds live in Constant nodes too once they are folded. */
function constant(value: ConstValue, at: Position): Expr {
  const { lineno, col_offset, end_lineno, end_col_offset } = at;
  return {
    _type: 'Constant',
    value: value as Extract<Expr, { _type: 'Constant' }>['value'],
    kindPrefix: null,
    lineno,
    col_offset,
    end_lineno,
    end_col_offset,
  };
}

const constantOf = (e: Expr | null): ConstValue | null => (e?._type === 'Constant' ? e.value : null);

export function preprocess(
  mod: Mod,
  profile: Profile,
  futureFlags: number,
  warnings: SyntaxWarning[],
  optimize: Optimize = 0,
): Mod {
  if (profile !== '3.13' && mod._type !== 'Expression') checkFinally(mod.body, warnings);
  const p = new Preprocessor(profile, futureFlags, optimize);
  switch (mod._type) {
    case 'Module':
      return { ...mod, body: p.body(mod.body) };
    case 'Interactive':
      return { ...mod, body: mod.body.map((s) => p.stmt(s)) };
    case 'Expression':
      return { ...mod, body: p.expr(mod.body) };
  }
}

type Node = { _type: string } & Record<string, unknown>;

const isNode = (v: unknown): v is Node => typeof v === 'object' && v !== null && '_type' in v;

class Preprocessor {
  private readonly folds: boolean;

  constructor(
    private readonly profile: Profile,
    private readonly futureFlags: number,
    private readonly optimize: Optimize,
  ) {
    this.folds = profile === '3.13';
  }

  /** A body whose first statement only became a string by folding, or by losing its docstring, still has none. */
  body(stmts: readonly Stmt[]): Stmt[] {
    let hadDocstring = docstringOf(stmts) !== null;
    if (hadDocstring && this.optimize >= 2) {
      stmts = stmts.slice(1);
      hadDocstring = false;
    }
    const out = stmts.map((s) => this.stmt(s));
    const first = out[0];
    if (!hadDocstring && docstringOf(out) !== null && first?._type === 'Expr') {
      const { lineno, col_offset, end_lineno, end_col_offset } = first;
      out[0] = {
        ...first,
        value: { _type: 'JoinedStr', values: [first.value], lineno, col_offset, end_lineno, end_col_offset },
      };
    }
    return out;
  }

  stmt(s: Stmt): Stmt {
    switch (s._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef': {
        const out = this.children(s, new Set(['body', 'returns']));
        const { body } = s;
        if (s._type !== 'ClassDef' && s.returns !== null) {
          return { ...out, body: this.body(body), returns: this.annotation(s.returns) } as Stmt;
        }
        return { ...out, body: this.body(body) } as Stmt;
      }
      case 'AnnAssign': {
        const out = this.children(s, new Set(['annotation']));
        return { ...out, annotation: this.annotation(s.annotation) };
      }
      case 'For': {
        const out = this.children(s, new Set());
        return this.folds ? { ...out, iter: this.foldIterable(out.iter) } : out;
      }
      default:
        return this.children(s, new Set());
    }
  }

  private annotation(e: Expr): Expr {
    return (this.futureFlags & CO_FUTURE_ANNOTATIONS) !== 0 ? e : this.expr(e);
  }

  /** The same node with its children preprocessed; `skip` names fields that are left alone. */
  private children<T extends { _type: string }>(node: T, skip: ReadonlySet<string>): T {
    const out: Record<string, unknown> = { ...node };
    for (const [field, value] of Object.entries(node)) {
      if (skip.has(field)) continue;
      if (Array.isArray(value)) out[field] = value.map((v: unknown) => this.any(v));
      else if (isNode(value)) out[field] = this.any(value);
    }
    return out as T;
  }

  private any(v: unknown): unknown {
    if (!isNode(v)) return v;
    const type = v._type;
    if (STATEMENTS.has(type)) return this.stmt(v as unknown as Stmt);
    if (PATTERNS.has(type)) return this.pattern(v as unknown as Pattern);
    if (type === 'arg') {
      const annotation = v.annotation as Expr | null;
      return annotation === null ? v : { ...v, annotation: this.annotation(annotation) };
    }
    if (type === 'comprehension') {
      const out = this.children(v, new Set());
      return this.folds ? { ...out, iter: this.foldIterable(out.iter as Expr) } : out;
    }
    if (OTHERS.has(type)) return this.children(v, new Set());
    return this.expr(v as unknown as Expr);
  }

  expr(e: Expr): Expr {
    switch (e._type) {
      case 'Constant':
        return e;
      case 'Name':
        return e.ctx === 'Load' && e.id === '__debug__' ? constant(bool(this.optimize === 0), e) : e;
      case 'BinOp': {
        const out = this.children(e, new Set());
        const left = constantOf(out.left);
        if (left === null) return out;
        if (
          out.op === 'Mod' &&
          left.kind === 'str' &&
          out.right._type === 'Tuple' &&
          !out.right.elts.some((elt) => elt._type === 'Starred')
        ) {
          return formatToJoinedStr(out, left.value, out.right.elts) ?? out;
        }
        const right = constantOf(out.right);
        if (!this.folds || right === null) return out;
        const value = foldBinary(left, binaryArg(out.op), right, this.profile);
        return value === null ? out : constant(value, e);
      }
      case 'UnaryOp': {
        const out = this.children(e, new Set());
        if (!this.folds) return out;
        const operand = constantOf(out.operand);
        if (operand !== null) {
          const value = foldUnary(operand, out.op);
          return value === null ? out : constant(value, e);
        }
        return out.op === 'Not' ? foldNot(out) : out;
      }
      case 'Tuple': {
        const out = this.children(e, new Set());
        if (!this.folds || out.ctx !== 'Load') return out;
        const items = out.elts.map(constantOf);
        return items.every((item) => item !== null) ? constant(tuple(items), e) : out;
      }
      case 'Subscript': {
        const out = this.children(e, new Set());
        const value = constantOf(out.value);
        const key = constantOf(out.slice);
        if (!this.folds || out.ctx !== 'Load' || value === null || key === null) return out;
        const item = foldBinary(value, SUBSCRIPT, key, this.profile);
        return item === null ? out : constant(item, e);
      }
      case 'Compare': {
        const out = this.children(e, new Set());
        const last = out.ops.length - 1;
        const op = out.ops[last];
        if (!this.folds || (op !== 'In' && op !== 'NotIn')) return out;
        return { ...out, comparators: out.comparators.map((x, i) => (i === last ? this.foldIterable(x) : x)) };
      }
      default:
        return this.children(e, new Set());
    }
  }

  /** A display that is only iterated or searched: a tuple or frozenset does. */
  private foldIterable(e: Expr): Expr {
    if (e._type !== 'List' && e._type !== 'Set') return e;
    if (e._type === 'List' && e.elts.some((elt) => elt._type === 'Starred')) return e;
    const items = e.elts.map(constantOf);
    if (items.every((item) => item !== null)) return constant(e._type === 'Set' ? frozenset(items) : tuple(items), e);
    return e._type === 'List' ? { ...e, _type: 'Tuple' } : e;
  }

  private pattern(p: Pattern): Pattern {
    if (p._type === 'MatchValue') return { ...p, value: this.patternValue(p.value) };
    if (p._type === 'MatchMapping') {
      const out = this.children(p, new Set(['keys']));
      return { ...out, keys: p.keys.map((key) => this.patternValue(key)) };
    }
    return this.children(p, new Set());
  }

  /** -1 and 1+2j are numbers in a pattern, in each profile. */
  private patternValue(e: Expr): Expr {
    if (this.folds) return this.expr(e);
    if (e._type === 'UnaryOp' && e.op === 'USub') {
      const operand = constantOf(e.operand);
      const value = operand === null ? null : foldUnary(operand, 'USub');
      return value === null ? e : constant(value, e);
    }
    if (e._type === 'BinOp' && (e.op === 'Add' || e.op === 'Sub')) {
      const left = constantOf(this.patternValue(e.left));
      const right = constantOf(e.right);
      const value = left === null || right === null ? null : foldBinary(left, binaryArg(e.op), right, this.profile);
      return value === null ? e : constant(value, e);
    }
    return e;
  }
}

const SUBSCRIPT = 26;

const INVERSE = { Is: 'IsNot', IsNot: 'Is', In: 'NotIn', NotIn: 'In' } as const;

function foldNot(e: Extract<Expr, { _type: 'UnaryOp' }>): Expr {
  const { operand } = e;
  if (operand._type !== 'Compare' || operand.ops.length !== 1) return e;
  const op = operand.ops[0]!;
  if (op !== 'Is' && op !== 'IsNot' && op !== 'In' && op !== 'NotIn') return e;
  return { ...operand, ops: [INVERSE[op]] };
}

const STATEMENTS = new Set([
  'FunctionDef',
  'AsyncFunctionDef',
  'ClassDef',
  'Return',
  'Delete',
  'Assign',
  'TypeAlias',
  'AugAssign',
  'AnnAssign',
  'For',
  'AsyncFor',
  'While',
  'If',
  'With',
  'AsyncWith',
  'Match',
  'Raise',
  'Try',
  'TryStar',
  'Assert',
  'Import',
  'ImportFrom',
  'Global',
  'Nonlocal',
  'Expr',
  'Pass',
  'Break',
  'Continue',
]);
const PATTERNS = new Set([
  'MatchValue',
  'MatchSingleton',
  'MatchSequence',
  'MatchMapping',
  'MatchClass',
  'MatchStar',
  'MatchAs',
  'MatchOr',
]);
const OTHERS = new Set([
  'ExceptHandler',
  'arguments',
  'keyword',
  'alias',
  'withitem',
  'match_case',
  'TypeVar',
  'ParamSpec',
  'TypeVarTuple',
]);
