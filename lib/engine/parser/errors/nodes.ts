/** Helpers of the error rules, from Parser/action_helpers.c: what an expression is called, which target is wrong. */

import type { Node, Peg, Place } from './peg';

const NAMES: Readonly<Record<string, string>> = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  Name: 'name',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  JoinedStr: 'f-string expression',
  FormattedValue: 'f-string expression',
  TemplateStr: 't-string expression',
  Interpolation: 't-string expression',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
};

/** `_PyPegen_get_expr_name`. */
export function exprName(e: Node): string {
  if (e.type === 'Constant') {
    return e.kind === 'None' || e.kind === 'True' || e.kind === 'False' || e.kind === 'ellipsis' ? e.kind : 'literal';
  }
  return NAMES[e.type] ?? e.type;
}

export type Targets = 'star' | 'del' | 'for';
export const STAR_TARGETS: Targets = 'star';
export const DEL_TARGETS: Targets = 'del';
export const FOR_TARGETS: Targets = 'for';

/** `_PyPegen_get_invalid_target`: the first part of `e` that cannot be assigned to. */
function findInvalidTarget(e: Node, targets: Targets): Node | null {
  switch (e.type) {
    case 'List':
    case 'Tuple':
      for (const element of e.elts ?? []) {
        const found = findInvalidTarget(element, targets);
        if (found !== null) return found;
      }
      return null;
    case 'Starred':
      return targets === 'del' ? e : findInvalidTarget(e.value as Node, targets);
    case 'Compare':
      // `for a in b` without a target list reads as a comparison.
      if (targets === 'for') return e.firstOp === 'In' ? findInvalidTarget(e.value as Node, targets) : null;
      return e;
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null;
    default:
      return e;
  }
}

/** RAISE_SYNTAX_ERROR_INVALID_TARGET: raises, or gives null where every part is a fine target. */
export function invalidTarget(p: Peg, e: Node, targets: Targets): null {
  const found = findInvalidTarget(e, targets);
  if (found === null) return null;
  const verb = targets === 'del' ? 'delete' : 'assign to';
  return p.raiseRange(`cannot ${verb} ${exprName(found)}`, found);
}

export function lastComprehensionItem(iter: Node, ifs: Node[]): Node {
  return ifs[ifs.length - 1] ?? iter;
}

/** A list or tuple node from an optional list of elements. */
export function seqNode(p: Peg, type: 'List' | 'Tuple', start: Place, elements: unknown): Node {
  return p.node(type, start, { elts: Array.isArray(elements) ? (elements as Node[]) : [] });
}
