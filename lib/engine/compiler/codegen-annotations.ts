/**
 * Code for annotations. In 3.14 (PEP 649) they become a function `__annotate__(format)` that is run when somebody asks;
 * in 3.13 they are evaluated on the spot and stored. Under `from __future__ import annotations` both store strings.
 */
import type { Arg, Arguments, Expr, Stmt } from '../parser/ast';
import { nameOp, visitExpr } from './codegen-expr';
import { makeClosure } from './codegen-function';
import type { Compiler } from './compiler';
import type { ScopeType } from './compiler-unit';
import { int } from './const-value';
import { InstructionSequence } from './instruction-sequence';
import type { Location } from './location';
import { Cmp, CommonConstant, COMPARE_MASKS, FunctionAttribute, Op } from './opcodes';
import { mangle, type SymtableEntry } from './symtable-entry';
import { unparse } from './unparse';

type AnnAssignStmt = Extract<Stmt, { _type: 'AnnAssign' }>;

/** annotationlib.Format.VALUE_WITH_FAKE_GLOBALS: the highest format that compiled functions take themselves. */
const VALUE_WITH_FAKE_GLOBALS = 2;

/** Opens the unit of an annotation-like function; from 3.14 on it checks its `format` first. */
export function setupAnnotationsScope(
  c: Compiler,
  loc: Location,
  ste: SymtableEntry,
  name: string,
  scopeType313: ScopeType = 'annotations',
): void {
  if (c.is313) {
    c.enterScope(name, scopeType313, ste, loc.lineno);
    return;
  }
  c.enterScope(name, 'annotations', ste, loc.lineno, null, { argcount: 0, posonlyargcount: 1, kwonlyargcount: 0 });
  c.op(Op.LOAD_FAST, loc, 0);
  c.loadConst(int(VALUE_WITH_FAKE_GLOBALS), loc);
  c.op(Op.COMPARE_OP, loc, (Cmp.GT << 5) | COMPARE_MASKS[Cmp.GT]!);
  const body = c.label();
  c.jump(Op.POP_JUMP_IF_FALSE, body, loc);
  c.op(Op.LOAD_COMMON_CONSTANT, loc, CommonConstant.NOT_IMPLEMENTED_ERROR);
  c.op(Op.RAISE_VARARGS, loc, 1);
  c.use(body);
}

/** Ends an `__annotate__` unit and leaves the function on the stack. */
export function leaveAnnotationsScope(c: Compiler, loc: Location): void {
  c.op(Op.RETURN_VALUE, loc);
  const code = c.assemble(true);
  // In the symbol table the parameter is `.format`, so that an annotation may use the name `format`.
  code.localsplusnames[0] = 'format';
  c.exitScope();
  makeClosure(c, loc, code, 0);
}

export function annotationAsString(c: Compiler, annotation: Expr): void {
  c.loadStr(unparse(annotation, c.profile), annotation);
}

// ---- functions -------------------------------------------------------------------------------------------------

/** Pushes name and value of each annotation; returns how many there were. */
function annotationsInScope(c: Compiler, loc: Location, args: Arguments, returns: Expr | null): number {
  let count = 0;
  const one = (name: string, annotation: Expr | null): void => {
    if (annotation === null) return;
    c.loadStr(c.mangled(name), loc);
    if (c.annotationsAsStrings) annotationAsString(c, annotation);
    else if (annotation._type === 'Starred') {
      // *args: *Ts
      visitExpr(c, annotation.value);
      c.op(Op.UNPACK_SEQUENCE, loc, 1);
    } else visitExpr(c, annotation);
    count++;
  };
  const each = (list: readonly (Arg | null)[]): void => {
    for (const arg of list) if (arg !== null) one(arg.arg, arg.annotation);
  };
  each(args.args);
  each(args.posonlyargs);
  each([args.vararg]);
  each(args.kwonlyargs);
  each([args.kwarg]);
  one('return', returns);
  return count;
}

export function functionAnnotations(c: Compiler, loc: Location, args: Arguments, returns: Expr | null): number {
  if (c.is313) {
    const count = annotationsInScope(c, loc, args, returns);
    if (count === 0) return 0;
    c.op(Op.BUILD_TUPLE, loc, count * 2);
    return FunctionAttribute.ANNOTATIONS;
  }
  const ste = c.symtable.lookup(args);
  if (!ste.annotationsUsed) return 0;
  setupAnnotationsScope(c, loc, ste, ste.name);
  const count = annotationsInScope(c, loc, args, returns);
  c.op(Op.BUILD_MAP, loc, count);
  leaveAnnotationsScope(c, loc);
  return FunctionAttribute.ANNOTATE;
}

// ---- variables -------------------------------------------------------------------------------------------------

function checkAnnExpr(c: Compiler, e: Expr): void {
  visitExpr(c, e);
  c.op(Op.POP_TOP, e);
}

/** Everything in the target of `a[i]: T` is evaluated, even without a value. */
function checkAnnSubscript(c: Compiler, e: Expr): void {
  if (e._type === 'Slice') {
    for (const part of [e.lower, e.upper, e.step]) if (part !== null) checkAnnExpr(c, part);
  } else if (e._type === 'Tuple') for (const elt of e.elts) checkAnnSubscript(c, elt);
  else checkAnnExpr(c, e);
}

export function annAssign(c: Compiler, s: AnnAssignStmt): void {
  const { target } = s;
  if (s.value !== null) {
    visitExpr(c, s.value);
    visitExpr(c, target);
  }
  const inBody = c.u.scopeType === 'module' || c.u.scopeType === 'class';
  switch (target._type) {
    case 'Name':
      if (s.simple === 1 && inBody) annotatedName(c, s, target.id);
      break;
    case 'Attribute':
      if (s.value === null) checkAnnExpr(c, target.value);
      break;
    case 'Subscript':
      if (s.value === null) {
        checkAnnExpr(c, target.value);
        checkAnnSubscript(c, target.slice);
      }
      break;
    default:
      break;
  }
  if (c.is313 && s.simple === 0 && inBody && !c.annotationsAsStrings) checkAnnExpr(c, s.annotation);
}

function annotatedName(c: Compiler, s: AnnAssignStmt, name: string): void {
  if (c.is313 || c.annotationsAsStrings) {
    if (c.annotationsAsStrings) annotationAsString(c, s.annotation);
    else visitExpr(c, s.annotation);
    c.attribute(Op.LOAD_NAME, '__annotations__', s);
    c.loadStr(c.mangled(name), s);
    c.op(Op.STORE_SUBSCR, s);
    return;
  }
  const index = c.addDeferredAnnotation(s);
  if (index === null) return;
  if (c.u.scopeType === 'class') c.opName(Op.LOAD_DEREF, '__conditional_annotations__', c.u.cellvars, s);
  else c.attribute(Op.LOAD_NAME, '__conditional_annotations__', s);
  c.loadConst(int(index), s);
  c.op(Op.SET_ADD, s, 1);
  c.op(Op.POP_TOP, s);
}

/** Makes the `__annotate__` of a module or class out of the annotations met in its body. */
export function processDeferredAnnotations(c: Compiler, loc: Location): void {
  const { deferredAnnotations, scopeType, ste } = c.u;
  if (deferredAnnotations.length === 0 || ste.annotationBlock === null) return;
  // A module's is made before its body runs, because code in the body may ask for annotations.
  if (scopeType === 'module') c.startAnnotationSetup(new InstructionSequence());
  setupAnnotationsScope(c, loc, ste.annotationBlock, ste.annotationBlock.name);
  c.op(Op.BUILD_MAP, loc, 0);
  for (const { stmt, index } of deferredAnnotations) {
    if (stmt.target._type !== 'Name') continue;
    const notSet = c.label();
    if (index !== -1) {
      c.loadConst(int(index), stmt);
      if (scopeType === 'class') c.opName(Op.LOAD_DEREF, '__conditional_annotations__', c.u.freevars, stmt);
      else c.op(Op.LOAD_GLOBAL, stmt, c.u.names.add('__conditional_annotations__') << 1);
      c.op(Op.CONTAINS_OP, stmt, 0);
      c.jump(Op.POP_JUMP_IF_FALSE, notSet, stmt);
    }
    visitExpr(c, stmt.annotation);
    c.op(Op.COPY, stmt, 2);
    c.loadStr(mangle(c.u.privateName, stmt.target.id), stmt);
    c.op(Op.STORE_SUBSCR, loc);
    c.use(notSet);
  }
  leaveAnnotationsScope(c, loc);
  nameOp(c, loc, ste.type === 'class' ? '__annotate_func__' : '__annotate__', 'Store');
  if (scopeType === 'module') c.endAnnotationSetup();
}
