/**
 * The nodes of Python's `ast` module (Parser/Python.asdl, CPython 3.14), one interface a node class, with the
 * class's own name in `_type` and the fields in `_fields` order. Lines count from 1; columns are UTF-8 byte
 * offsets from 0, as in CPython. Plain data: no methods, no parent links, no heap.
 */

export interface Position {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

/** A compile-time constant. `tuple`, `frozenset`, `slice` only come out of the compiler's folding. */
export type ConstantValue =
  | { kind: 'none' }
  | { kind: 'ellipsis' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'complex'; real: number; imag: number }
  /** A JS string; astral characters are surrogate pairs, a lone surrogate stands for itself. */
  | { kind: 'str'; value: string }
  | { kind: 'bytes'; value: Uint8Array };

// ---- mod -------------------------------------------------------------------------------------------------------
export interface Module {
  _type: 'Module';
  body: Stmt[];
  type_ignores: never[];
}
export interface Interactive {
  _type: 'Interactive';
  body: Stmt[];
}
export interface Expression {
  _type: 'Expression';
  body: Expr;
}
export type Mod = Module | Interactive | Expression;

// ---- stmt ------------------------------------------------------------------------------------------------------
export interface FunctionDef extends Position {
  _type: 'FunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: null;
  type_params: TypeParam[];
}
export interface AsyncFunctionDef extends Position {
  _type: 'AsyncFunctionDef';
  name: string;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_comment: null;
  type_params: TypeParam[];
}
export interface ClassDef extends Position {
  _type: 'ClassDef';
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
  type_params: TypeParam[];
}
export interface Return extends Position {
  _type: 'Return';
  value: Expr | null;
}
export interface Delete extends Position {
  _type: 'Delete';
  targets: Expr[];
}
export interface Assign extends Position {
  _type: 'Assign';
  targets: Expr[];
  value: Expr;
  type_comment: null;
}
export interface TypeAlias extends Position {
  _type: 'TypeAlias';
  name: Expr;
  type_params: TypeParam[];
  value: Expr;
}
export interface AugAssign extends Position {
  _type: 'AugAssign';
  target: Expr;
  op: Operator;
  value: Expr;
}
export interface AnnAssign extends Position {
  _type: 'AnnAssign';
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: 0 | 1;
}
export interface For extends Position {
  _type: 'For';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: null;
}
export interface AsyncFor extends Position {
  _type: 'AsyncFor';
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  type_comment: null;
}
export interface While extends Position {
  _type: 'While';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface If extends Position {
  _type: 'If';
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface With extends Position {
  _type: 'With';
  items: WithItem[];
  body: Stmt[];
  type_comment: null;
}
export interface AsyncWith extends Position {
  _type: 'AsyncWith';
  items: WithItem[];
  body: Stmt[];
  type_comment: null;
}
export interface Match extends Position {
  _type: 'Match';
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends Position {
  _type: 'Raise';
  exc: Expr | null;
  cause: Expr | null;
}
export interface Try extends Position {
  _type: 'Try';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface TryStar extends Position {
  _type: 'TryStar';
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Assert extends Position {
  _type: 'Assert';
  test: Expr;
  msg: Expr | null;
}
export interface Import extends Position {
  _type: 'Import';
  names: Alias[];
}
export interface ImportFrom extends Position {
  _type: 'ImportFrom';
  module: string | null;
  names: Alias[];
  level: number;
}
export interface Global extends Position {
  _type: 'Global';
  names: string[];
}
export interface Nonlocal extends Position {
  _type: 'Nonlocal';
  names: string[];
}
export interface ExprStmt extends Position {
  _type: 'Expr';
  value: Expr;
}
export interface Pass extends Position {
  _type: 'Pass';
}
export interface Break extends Position {
  _type: 'Break';
}
export interface Continue extends Position {
  _type: 'Continue';
}
export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;

// ---- expr ------------------------------------------------------------------------------------------------------
export interface BoolOp extends Position {
  _type: 'BoolOp';
  op: 'And' | 'Or';
  values: Expr[];
}
export interface NamedExpr extends Position {
  _type: 'NamedExpr';
  target: Expr;
  value: Expr;
}
export interface BinOp extends Position {
  _type: 'BinOp';
  left: Expr;
  op: Operator;
  right: Expr;
}
export interface UnaryOp extends Position {
  _type: 'UnaryOp';
  op: UnaryOperator;
  operand: Expr;
}
export interface Lambda extends Position {
  _type: 'Lambda';
  args: Arguments;
  body: Expr;
}
export interface IfExp extends Position {
  _type: 'IfExp';
  test: Expr;
  body: Expr;
  orelse: Expr;
}
/** A null key is a `**mapping` entry. */
export interface Dict extends Position {
  _type: 'Dict';
  keys: (Expr | null)[];
  values: Expr[];
}
export interface SetExpr extends Position {
  _type: 'Set';
  elts: Expr[];
}
export interface ListComp extends Position {
  _type: 'ListComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface SetComp extends Position {
  _type: 'SetComp';
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends Position {
  _type: 'DictComp';
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface GeneratorExp extends Position {
  _type: 'GeneratorExp';
  elt: Expr;
  generators: Comprehension[];
}
export interface Await extends Position {
  _type: 'Await';
  value: Expr;
}
export interface Yield extends Position {
  _type: 'Yield';
  value: Expr | null;
}
export interface YieldFrom extends Position {
  _type: 'YieldFrom';
  value: Expr;
}
export interface Compare extends Position {
  _type: 'Compare';
  left: Expr;
  ops: CmpOp[];
  comparators: Expr[];
}
export interface Call extends Position {
  _type: 'Call';
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
export interface FormattedValue extends Position {
  _type: 'FormattedValue';
  value: Expr;
  conversion: number;
  format_spec: Expr | null;
}
export interface JoinedStr extends Position {
  _type: 'JoinedStr';
  values: Expr[];
}
/** 3.14 t-strings; `str` is the source text of the expression. */
export interface Interpolation extends Position {
  _type: 'Interpolation';
  value: Expr;
  str: string;
  conversion: number;
  format_spec: Expr | null;
}
export interface TemplateStr extends Position {
  _type: 'TemplateStr';
  values: Expr[];
}
export interface Constant extends Position {
  _type: 'Constant';
  value: ConstantValue;
  kindPrefix: 'u' | null;
}
export interface Attribute extends Position {
  _type: 'Attribute';
  value: Expr;
  attr: string;
  ctx: ExprContext;
}
export interface Subscript extends Position {
  _type: 'Subscript';
  value: Expr;
  slice: Expr;
  ctx: ExprContext;
}
export interface Starred extends Position {
  _type: 'Starred';
  value: Expr;
  ctx: ExprContext;
}
export interface Name extends Position {
  _type: 'Name';
  id: string;
  ctx: ExprContext;
}
export interface List extends Position {
  _type: 'List';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Tuple extends Position {
  _type: 'Tuple';
  elts: Expr[];
  ctx: ExprContext;
}
export interface Slice extends Position {
  _type: 'Slice';
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}
export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | Interpolation
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

export type ExprContext = 'Load' | 'Store' | 'Del';
export type Operator =
  | 'Add'
  | 'Sub'
  | 'Mult'
  | 'MatMult'
  | 'Div'
  | 'Mod'
  | 'Pow'
  | 'LShift'
  | 'RShift'
  | 'BitOr'
  | 'BitXor'
  | 'BitAnd'
  | 'FloorDiv';
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CmpOp = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

// ---- the rest --------------------------------------------------------------------------------------------------
export interface Comprehension {
  _type: 'comprehension';
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: 0 | 1;
}
export interface ExceptHandler extends Position {
  _type: 'ExceptHandler';
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
export interface Arguments {
  _type: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  /** One per keyword-only parameter; null where it is required. */
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Position {
  _type: 'arg';
  arg: string;
  annotation: Expr | null;
  type_comment: null;
}
/** `arg` is null for `**mapping`. */
export interface Keyword extends Position {
  _type: 'keyword';
  arg: string | null;
  value: Expr;
}
export interface Alias extends Position {
  _type: 'alias';
  name: string;
  asname: string | null;
}
export interface WithItem {
  _type: 'withitem';
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase {
  _type: 'match_case';
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

export interface MatchValue extends Position {
  _type: 'MatchValue';
  value: Expr;
}
export interface MatchSingleton extends Position {
  _type: 'MatchSingleton';
  value: ConstantValue;
}
export interface MatchSequence extends Position {
  _type: 'MatchSequence';
  patterns: Pattern[];
}
export interface MatchMapping extends Position {
  _type: 'MatchMapping';
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Position {
  _type: 'MatchClass';
  cls: Expr;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}
export interface MatchStar extends Position {
  _type: 'MatchStar';
  name: string | null;
}
export interface MatchAs extends Position {
  _type: 'MatchAs';
  pattern: Pattern | null;
  name: string | null;
}
export interface MatchOr extends Position {
  _type: 'MatchOr';
  patterns: Pattern[];
}
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

export interface TypeVar extends Position {
  _type: 'TypeVar';
  name: string;
  bound: Expr | null;
  default_value: Expr | null;
}
export interface ParamSpec extends Position {
  _type: 'ParamSpec';
  name: string;
  default_value: Expr | null;
}
export interface TypeVarTuple extends Position {
  _type: 'TypeVarTuple';
  name: string;
  default_value: Expr | null;
}
export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;
