/** What a tree made by a program must satisfy before it is compiled (Python/ast.c, `_PyAST_Validate`). */
import type { Tree } from './to-tree';

/** A tree that cannot be compiled: the message of a ValueError or TypeError. */
export class InvalidTree extends Error {
  constructor(
    readonly type: 'ValueError' | 'TypeError',
    message: string,
  ) {
    super(message);
  }
}

function invalid(message: string, type: 'ValueError' | 'TypeError' = 'ValueError'): never {
  throw new InvalidTree(type, message);
}

type Context = 'Load' | 'Store' | 'Del';

const nodes = (value: unknown): (Tree | null)[] => value as (Tree | null)[];

function checkPlace(node: Tree): void {
  const [line, column, endLine, endColumn] = [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset] as [
    number,
    number,
    number,
    number,
  ];
  if (line === undefined) return;
  if (line > endLine) invalid(`AST node line range (${line}, ${endLine}) is not valid`);
  if ((line < 0 && endLine !== line) || (column < 0 && column !== endColumn)) {
    invalid(`AST node column range (${column}, ${endColumn}) for line range (${line}, ${endLine}) is not valid`);
  }
  if (line === endLine && column > endColumn) {
    invalid(`line ${line}, column ${column}-${endColumn} is not a valid range`);
  }
}

function checkName(name: unknown): void {
  if (name === 'None' || name === 'True' || name === 'False')
    invalid(`identifier field can't represent '${name}' constant`);
}

function nonEmpty(list: unknown, what: string, owner: string): void {
  if ((list as unknown[]).length === 0) invalid(`empty ${what} on ${owner}`);
}

export function validateTree(tree: Tree): void {
  switch (tree._type) {
    case 'Module':
    case 'Interactive':
      statements(tree.body);
      break;
    case 'Expression':
      expression(tree.body as Tree, 'Load');
      break;
    default:
      expressions(tree.argtypes, 'Load', false);
      expression(tree.returns as Tree, 'Load');
  }
}

function statements(list: unknown): void {
  for (const node of nodes(list)) {
    if (node === null) invalid('None disallowed in statement list');
    statement(node);
  }
}

function body(list: unknown, owner: string): void {
  nonEmpty(list, 'body', owner);
  statements(list);
}

function expressions(list: unknown, ctx: Context, mayBeNull: boolean): void {
  for (const node of nodes(list)) {
    if (node !== null) expression(node, ctx);
    else if (!mayBeNull) invalid('None disallowed in expression list');
  }
}

function optional(node: unknown, ctx: Context = 'Load'): void {
  if (node !== null) expression(node as Tree, ctx);
}

function targets(list: unknown, owner: string, ctx: Context): void {
  nonEmpty(list, 'targets', owner);
  expressions(list, ctx, false);
}

function typeParams(list: unknown): void {
  for (const node of nodes(list)) {
    if (node === null) continue;
    checkPlace(node);
    checkName(node.name);
    if (node._type === 'TypeVar') optional(node.bound);
    optional(node.default_value);
  }
}

function parameters(args: Tree): void {
  for (const list of [args.posonlyargs, args.args]) eachParameter(list);
  if (args.vararg !== null) optional((args.vararg as Tree).annotation);
  eachParameter(args.kwonlyargs);
  if (args.kwarg !== null) optional((args.kwarg as Tree).annotation);
  const positional = nodes(args.posonlyargs).length + nodes(args.args).length;
  if (nodes(args.defaults).length > positional) invalid('more positional defaults than args on arguments');
  if (nodes(args.kw_defaults).length !== nodes(args.kwonlyargs).length)
    invalid('length of kwonlyargs is not the same as kw_defaults on arguments');
  expressions(args.defaults, 'Load', false);
  expressions(args.kw_defaults, 'Load', true);
}

function eachParameter(list: unknown): void {
  for (const arg of nodes(list)) {
    if (arg === null) continue;
    checkPlace(arg);
    optional(arg.annotation);
  }
}

function keywords(list: unknown): void {
  for (const node of nodes(list)) if (node !== null) expression(node.value as Tree, 'Load');
}

function comprehensions(list: unknown): void {
  if (nodes(list).length === 0) invalid('comprehension with no generators');
  for (const node of nodes(list)) {
    if (node === null) continue;
    expression(node.target as Tree, 'Store');
    expression(node.iter as Tree, 'Load');
    expressions(node.ifs, 'Load', false);
  }
}

function checkConstant(node: Tree): void {
  const value = node.value as { kind: string; type?: string };
  if (value.kind === 'invalid') invalid(`got an invalid type in Constant: ${value.type}`, 'TypeError');
}

const CONTEXTUAL: ReadonlySet<string> = new Set(['Attribute', 'Subscript', 'Starred', 'Name', 'List', 'Tuple']);

function expression(node: Tree, ctx: Context): void {
  checkPlace(node);
  if (CONTEXTUAL.has(node._type)) {
    if (node._type === 'Name') checkName(node.id);
    if (node.ctx !== ctx) invalid(`expression must have ${ctx} context but has ${node.ctx} instead`);
  } else if (ctx !== 'Load') invalid(`expression which can't be assigned to in ${ctx} context`);
  switch (node._type) {
    case 'BoolOp':
      if (nodes(node.values).length < 2) invalid('BoolOp with less than 2 values');
      expressions(node.values, 'Load', false);
      break;
    case 'NamedExpr':
      expression(node.target as Tree, 'Store');
      expression(node.value as Tree, 'Load');
      break;
    case 'BinOp':
      expression(node.left as Tree, 'Load');
      expression(node.right as Tree, 'Load');
      break;
    case 'UnaryOp':
      expression(node.operand as Tree, 'Load');
      break;
    case 'Lambda':
      parameters(node.args as Tree);
      expression(node.body as Tree, 'Load');
      break;
    case 'IfExp':
      for (const key of ['test', 'body', 'orelse']) expression(node[key] as Tree, 'Load');
      break;
    case 'Dict':
      if (nodes(node.keys).length !== nodes(node.values).length)
        invalid("Dict doesn't have the same number of keys as values");
      expressions(node.keys, 'Load', true);
      expressions(node.values, 'Load', false);
      break;
    case 'Set':
      expressions(node.elts, 'Load', false);
      break;
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      comprehensions(node.generators);
      expression(node.elt as Tree, 'Load');
      break;
    case 'DictComp':
      comprehensions(node.generators);
      expression(node.key as Tree, 'Load');
      expression(node.value as Tree, 'Load');
      break;
    case 'Yield':
      optional(node.value);
      break;
    case 'YieldFrom':
    case 'Await':
      expression(node.value as Tree, 'Load');
      break;
    case 'Compare':
      if (nodes(node.comparators).length === 0) invalid('Compare with no comparators');
      if (nodes(node.comparators).length !== (node.ops as unknown[]).length)
        invalid('Compare has a different number of comparators and operands');
      expressions(node.comparators, 'Load', false);
      expression(node.left as Tree, 'Load');
      break;
    case 'Call':
      expression(node.func as Tree, 'Load');
      expressions(node.args, 'Load', false);
      keywords(node.keywords);
      break;
    case 'Constant':
      checkConstant(node);
      break;
    case 'JoinedStr':
    case 'TemplateStr':
      expressions(node.values, 'Load', false);
      break;
    case 'FormattedValue':
    case 'Interpolation':
      expression(node.value as Tree, 'Load');
      optional(node.format_spec);
      break;
    case 'Attribute':
      expression(node.value as Tree, 'Load');
      break;
    case 'Subscript':
      expression(node.slice as Tree, 'Load');
      expression(node.value as Tree, 'Load');
      break;
    case 'Starred':
      expression(node.value as Tree, ctx);
      break;
    case 'List':
    case 'Tuple':
      expressions(node.elts, ctx, false);
      break;
    case 'Slice':
      for (const key of ['lower', 'upper', 'step']) optional(node[key]);
      break;
  }
}

function functionDef(node: Tree): void {
  body(node.body, node._type);
  typeParams(node.type_params);
  parameters(node.args as Tree);
  expressions(node.decorator_list, 'Load', false);
  optional(node.returns);
}

function statement(node: Tree): void {
  checkPlace(node);
  const name = node._type;
  switch (name) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      functionDef(node);
      break;
    case 'ClassDef':
      body(node.body, name);
      typeParams(node.type_params);
      expressions(node.bases, 'Load', false);
      keywords(node.keywords);
      expressions(node.decorator_list, 'Load', false);
      break;
    case 'Return':
      optional(node.value);
      break;
    case 'Delete':
      targets(node.targets, name, 'Del');
      break;
    case 'Assign':
      targets(node.targets, name, 'Store');
      expression(node.value as Tree, 'Load');
      break;
    case 'AugAssign':
      expression(node.target as Tree, 'Store');
      expression(node.value as Tree, 'Load');
      break;
    case 'AnnAssign':
      if ((node.target as Tree)._type !== 'Name' && node.simple !== 0)
        invalid('AnnAssign with simple non-Name target', 'TypeError');
      expression(node.target as Tree, 'Store');
      optional(node.value);
      expression(node.annotation as Tree, 'Load');
      break;
    case 'TypeAlias':
      if ((node.name as Tree)._type !== 'Name') invalid('TypeAlias with non-Name name', 'TypeError');
      expression(node.name as Tree, 'Store');
      typeParams(node.type_params);
      expression(node.value as Tree, 'Load');
      break;
    case 'For':
    case 'AsyncFor':
      expression(node.target as Tree, 'Store');
      expression(node.iter as Tree, 'Load');
      body(node.body, name);
      statements(node.orelse);
      break;
    case 'While':
    case 'If':
      expression(node.test as Tree, 'Load');
      body(node.body, name);
      statements(node.orelse);
      break;
    case 'With':
    case 'AsyncWith':
      nonEmpty(node.items, 'items', name);
      for (const item of nodes(node.items)) {
        if (item === null) continue;
        expression(item.context_expr as Tree, 'Load');
        optional(item.optional_vars, 'Store');
      }
      body(node.body, name);
      break;
    case 'Match':
      expression(node.subject as Tree, 'Load');
      nonEmpty(node.cases, 'cases', name);
      for (const c of nodes(node.cases)) {
        if (c === null) continue;
        pattern(c.pattern as Tree, false);
        optional(c.guard);
        body(c.body, 'match_case');
      }
      break;
    case 'Raise':
      if (node.exc === null && node.cause !== null) invalid('Raise with cause but no exception');
      optional(node.exc);
      optional(node.cause);
      break;
    case 'Try':
    case 'TryStar':
      tryStatement(node, name);
      break;
    case 'Assert':
      expression(node.test as Tree, 'Load');
      optional(node.msg);
      break;
    case 'Import':
      nonEmpty(node.names, 'names', name);
      break;
    case 'ImportFrom':
      if ((node.level as number) < 0) invalid('Negative ImportFrom level');
      nonEmpty(node.names, 'names', name);
      break;
    case 'Global':
    case 'Nonlocal':
      nonEmpty(node.names, 'names', name);
      break;
    case 'Expr':
      expression(node.value as Tree, 'Load');
      break;
  }
}

function tryStatement(node: Tree, name: string): void {
  body(node.body, name);
  const handlers = nodes(node.handlers);
  if (handlers.length === 0 && nodes(node.finalbody).length === 0)
    invalid(`${name} has neither except handlers nor finalbody`);
  if (handlers.length === 0 && nodes(node.orelse).length > 0) invalid(`${name} has orelse but no except handlers`);
  for (const handler of handlers) {
    if (handler === null) continue;
    checkPlace(handler);
    optional(handler.type);
    body(handler.body, 'ExceptHandler');
  }
  statements(node.finalbody);
  statements(node.orelse);
}

function patternValue(node: Tree): void {
  expression(node, 'Load');
  const isNumber = (n: Tree, complexToo: boolean): boolean => {
    const operand = n._type === 'UnaryOp' && n.op === 'USub' ? (n.operand as Tree) : n;
    const kind = operand._type === 'Constant' ? (operand.value as { kind: string }).kind : '';
    return kind === 'int' || kind === 'float' || (complexToo && kind === 'complex');
  };
  switch (node._type) {
    case 'Constant': {
      const { kind } = node.value as { kind: string };
      if (['int', 'float', 'complex', 'str', 'bytes'].includes(kind)) return;
      invalid('unexpected constant inside of a literal pattern');
      break;
    }
    case 'Attribute':
    case 'JoinedStr':
    case 'TemplateStr':
      return;
    case 'UnaryOp':
      if (isNumber(node, true)) return;
      break;
    case 'BinOp': {
      const right = node.right as Tree;
      const imaginary = right._type === 'Constant' && (right.value as { kind: string }).kind === 'complex';
      if ((node.op === 'Add' || node.op === 'Sub') && isNumber(node.left as Tree, false) && imaginary) return;
      break;
    }
  }
  invalid('patterns may only match literals and attribute lookups');
}

function capture(name: unknown): void {
  if (name === '_') invalid("can't capture name '_' in patterns");
  checkName(name);
}

function patterns(list: unknown, starOk: boolean): void {
  for (const p of nodes(list)) if (p !== null) pattern(p, starOk);
}

function pattern(node: Tree, starOk: boolean): void {
  checkPlace(node);
  switch (node._type) {
    case 'MatchValue':
      patternValue(node.value as Tree);
      break;
    case 'MatchSingleton':
      if (!['none', 'bool'].includes((node.value as { kind: string }).kind))
        invalid('MatchSingleton can only contain True, False and None');
      break;
    case 'MatchSequence':
      patterns(node.patterns, true);
      break;
    case 'MatchMapping':
      if (nodes(node.keys).length !== nodes(node.patterns).length)
        invalid("MatchMapping doesn't have the same number of keys as patterns");
      if (node.rest !== null) capture(node.rest);
      for (const key of nodes(node.keys)) {
        if (key === null) continue;
        if (key._type === 'Constant' && ['none', 'bool'].includes((key.value as { kind: string }).kind)) continue;
        patternValue(key);
      }
      patterns(node.patterns, false);
      break;
    case 'MatchClass':
      if (nodes(node.kwd_attrs).length !== nodes(node.kwd_patterns).length)
        invalid("MatchClass doesn't have the same number of keyword attributes as patterns");
      expression(node.cls as Tree, 'Load');
      for (let cls = node.cls as Tree; cls._type !== 'Name'; cls = cls.value as Tree) {
        if (cls._type !== 'Attribute') invalid('MatchClass cls field can only contain Name or Attribute nodes.');
      }
      for (const attr of node.kwd_attrs as unknown[]) checkName(attr);
      patterns(node.patterns, false);
      patterns(node.kwd_patterns, false);
      break;
    case 'MatchStar':
      if (!starOk) invalid("can't use MatchStar here");
      if (node.name !== null) capture(node.name);
      break;
    case 'MatchAs':
      if (node.name !== null) capture(node.name);
      if (node.pattern !== null) {
        if (node.name === null) invalid('MatchAs must specify a target name if a pattern is given');
        pattern(node.pattern as Tree, false);
      }
      break;
    case 'MatchOr':
      if (nodes(node.patterns).length < 2) invalid('MatchOr requires at least 2 patterns');
      patterns(node.patterns, false);
      break;
  }
}
