/**
 * SyntaxWarnings for code that cannot work as written (codegen_check_compare, check_caller, check_subscripter and
 * check_index in Python/codegen.c).
 */
import type { Expr, Position } from '../parser/ast';
import type { Compiler } from './compiler';

/** The type that an expression surely has; null where only a run can tell. */
function inferType(e: Expr): string | null {
  switch (e._type) {
    case 'Tuple':
      return 'tuple';
    case 'List':
    case 'ListComp':
      return 'list';
    case 'Dict':
    case 'DictComp':
      return 'dict';
    case 'Set':
    case 'SetComp':
      return 'set';
    case 'GeneratorExp':
      return 'generator';
    case 'Lambda':
      return 'function';
    case 'TemplateStr':
    case 'Interpolation':
      return 'string.templatelib.Template';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'str';
    case 'Constant': {
      const { kind } = e.value;
      return kind === 'none' ? 'NoneType' : kind;
    }
    default:
      return null;
  }
}

/** Whether `is` makes sense with it: not for a literal, the singletons apart. */
function isIdentityOperand(e: Expr): boolean {
  if (e._type === 'Tuple') return !e.elts.every((elt) => elt._type === 'Constant');
  if (e._type !== 'Constant') return true;
  const { kind } = e.value;
  return kind === 'none' || kind === 'bool' || kind === 'ellipsis';
}

export function checkCompare(c: Compiler, e: Extract<Expr, { _type: 'Compare' }>): void {
  let left = e.left;
  for (const [i, right] of e.comparators.entries()) {
    const op = e.ops[i]!;
    if (op === 'Is' || op === 'IsNot') {
      const literal = !isIdentityOperand(left) ? left : !isIdentityOperand(right) ? right : null;
      if (literal !== null) {
        const [word, better] = op === 'Is' ? ['is', '=='] : ['is not', '!='];
        c.warn(`"${word}" with '${inferType(literal)}' literal. Did you mean "${better}"?`, e);
        return;
      }
    }
    left = right;
  }
}

export function checkCaller(c: Compiler, e: Expr): void {
  if (e._type === 'Lambda') return;
  const type = inferType(e);
  if (type !== null) c.warn(`'${type}' object is not callable; perhaps you missed a comma?`, e);
}

const NO_ITEMS = new Set(['none', 'ellipsis', 'bool', 'int', 'float', 'complex', 'frozenset']);

function hasNoItems(e: Expr): boolean {
  switch (e._type) {
    case 'Constant':
      return NO_ITEMS.has(e.value.kind);
    case 'Set':
    case 'SetComp':
    case 'GeneratorExp':
    case 'TemplateStr':
    case 'Interpolation':
    case 'Lambda':
      return true;
    default:
      return false;
  }
}

const SEQUENCES = new Set(['Tuple', 'List', 'ListComp', 'JoinedStr', 'FormattedValue']);
const CONSTANT_SEQUENCES = new Set<string>(['str', 'bytes', 'tuple']);

export function checkSubscript(c: Compiler, value: Expr, key: Expr): void {
  if (hasNoItems(value))
    c.warn(`'${inferType(value)}' object is not subscriptable; perhaps you missed a comma?`, value);
  const keyType = inferType(key);
  if (keyType === null || keyType === 'int' || keyType === 'bool') return;
  const isSequence = value._type === 'Constant' ? CONSTANT_SEQUENCES.has(value.value.kind) : SEQUENCES.has(value._type);
  if (!isSequence) return;
  c.warn(`${inferType(value)} indices must be integers or slices, not ${keyType}; perhaps you missed a comma?`, value);
}

export function checkAssert(c: Compiler, test: Expr, at: Position): void {
  const value = test._type === 'Constant' ? (test.value as { kind: string; items?: unknown[] }) : null;
  const isTuple = test._type === 'Tuple' ? test.elts.length > 0 : value?.kind === 'tuple' && value.items?.length !== 0;
  if (isTuple) c.warn('assertion is always true, perhaps remove parentheses?', at);
}
