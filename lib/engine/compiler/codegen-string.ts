/**
 * Code for f-strings and t-strings (codegen_joined_str and codegen_template_str in Python/codegen.c).
 */
import type { Expr } from '../parser/ast';
import { visitExpr, visitExprs } from './codegen-expr';
import { type Compiler, STACK_USE_GUIDELINE } from './compiler';
import { str } from './const-value';
import { Conversion, Op } from './opcodes';

const CONVERSIONS: Record<number, Conversion> = {
  115: Conversion.STR,
  114: Conversion.REPR,
  97: Conversion.ASCII,
};

export function joinedStr(c: Compiler, e: Extract<Expr, { _type: 'JoinedStr' }>): void {
  const n = e.values.length;
  if (n > STACK_USE_GUIDELINE) {
    c.loadStr('', e);
    c.attribute(Op.LOAD_ATTR, 'join', e, 1, 1);
    c.op(Op.BUILD_LIST, e, 0);
    for (const value of e.values) {
      visitExpr(c, value);
      c.op(Op.LIST_APPEND, e, 1);
    }
    c.op(Op.CALL, e, 1);
    return;
  }
  visitExprs(c, e.values);
  if (n > 1) c.op(Op.BUILD_STRING, e, n);
  else if (n === 0) c.loadStr('', e);
}

export function formattedValue(c: Compiler, e: Extract<Expr, { _type: 'FormattedValue' }>): void {
  visitExpr(c, e.value);
  if (e.conversion !== -1) c.op(Op.CONVERT_VALUE, e, CONVERSIONS[e.conversion]!);
  if (e.format_spec !== null) {
    visitExpr(c, e.format_spec);
    c.op(Op.FORMAT_WITH_SPEC, e);
  } else c.op(Op.FORMAT_SIMPLE, e);
}

/** Strings and interpolations alternate in a Template, so empty strings fill the gaps. */
export function templateStr(c: Compiler, e: Extract<Expr, { _type: 'TemplateStr' }>): void {
  let lastWasInterpolation = true;
  let strings = 0;
  for (const value of e.values) {
    if (value._type === 'Interpolation') {
      if (lastWasInterpolation) {
        c.loadStr('', e);
        strings++;
      }
      lastWasInterpolation = true;
    } else {
      visitExpr(c, value);
      strings++;
      lastWasInterpolation = false;
    }
  }
  if (lastWasInterpolation) {
    c.loadStr('', e);
    strings++;
  }
  c.op(Op.BUILD_TUPLE, e, strings);
  const interpolations = e.values.filter((value) => value._type === 'Interpolation');
  visitExprs(c, interpolations);
  c.op(Op.BUILD_TUPLE, e, interpolations.length);
  c.op(Op.BUILD_TEMPLATE, e);
}

export function interpolation(c: Compiler, e: Extract<Expr, { _type: 'Interpolation' }>): void {
  visitExpr(c, e.value);
  c.loadConst(str(e.str), e);
  let arg = 2;
  if (e.format_spec !== null) {
    arg++;
    visitExpr(c, e.format_spec);
  }
  if (e.conversion !== -1) arg |= CONVERSIONS[e.conversion]! << 2;
  c.op(Op.BUILD_INTERPOLATION, e, arg);
}
