/**
 * Code for class statements and type aliases (codegen_class and codegen_typealias in Python/codegen.c).
 */
import type { ClassDef, Stmt } from '../parser/ast';
import { setupAnnotationsScope } from './codegen-annotations';
import { callHelper } from './codegen-call';
import { nameOp, visitExpr, visitExprs } from './codegen-expr';
import { applyDecorators, callWithoutArguments, makeClosure, typeParams } from './codegen-function';
import { visitBody } from './codegen-stmt';
import type { Compiler } from './compiler';
import { int, NONE, tuple } from './const-value';
import { location, NO_LOCATION } from './location';
import { FunctionAttribute, Intrinsic1, Op } from './opcodes';

function classBody(c: Compiler, s: ClassDef, firstlineno: number): void {
  c.enterScope(s.name, 'class', c.symtable.lookup(s), firstlineno, s.name);
  const loc = location(firstlineno, firstlineno, 0, 0);
  nameOp(c, loc, '__name__', 'Load');
  nameOp(c, loc, '__module__', 'Store');
  c.loadStr(c.u.qualname, loc);
  nameOp(c, loc, '__qualname__', 'Store');
  c.loadConst(int(firstlineno), loc);
  nameOp(c, loc, '__firstlineno__', 'Store');
  if (s.type_params.length > 0) {
    nameOp(c, loc, '.type_params', 'Load');
    nameOp(c, loc, '__type_params__', 'Store');
  }
  const { ste } = c;
  if (ste.needsClassdict) {
    c.op(Op.LOAD_LOCALS, loc);
    c.opName(Op.STORE_DEREF, '__classdict__', c.u.cellvars, loc);
  }
  if (ste.hasConditionalAnnotations) {
    c.op(Op.BUILD_SET, loc, 0);
    c.opName(Op.STORE_DEREF, '__conditional_annotations__', c.u.cellvars, loc);
  }
  visitBody(c, loc, s.body, false);
  c.loadConst(c.staticAttributes(), NO_LOCATION);
  nameOp(c, NO_LOCATION, '__static_attributes__', 'Store');
  if (ste.needsClassdict) {
    c.op(Op.LOAD_CLOSURE, NO_LOCATION, c.u.cellvars.get('__classdict__')!);
    nameOp(c, NO_LOCATION, '__classdictcell__', 'Store');
  }
  if (ste.needsClassClosure) {
    // The cell of __class__ goes to type.__new__ in the namespace, and to __build_class__ as the result.
    c.op(Op.LOAD_CLOSURE, NO_LOCATION, c.u.cellvars.get('__class__')!);
    c.op(Op.COPY, NO_LOCATION, 1);
    nameOp(c, NO_LOCATION, '__classcell__', 'Store');
  } else c.loadNone(NO_LOCATION);
  c.op(Op.RETURN_VALUE, NO_LOCATION);
  const code = c.assemble(true);
  c.exitScope();
  c.op(Op.LOAD_BUILD_CLASS, s);
  c.op(Op.PUSH_NULL, s);
  makeClosure(c, s, code, 0);
  c.loadStr(s.name, s);
}

export function classDef(c: Compiler, s: ClassDef): void {
  visitExprs(c, s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  if (s.type_params.length > 0) {
    const ste = c.symtable.lookup(s.type_params);
    c.enterScope(`<generic parameters of ${s.name}>`, 'annotations', ste, firstlineno, s.name);
    typeParams(c, s.type_params);
    nameOp(c, s, '.type_params', 'Store');
    classBody(c, s, firstlineno);
    nameOp(c, s, '.type_params', 'Load');
    c.op(Op.CALL_INTRINSIC_1, s, Intrinsic1.SUBSCRIPT_GENERIC);
    nameOp(c, s, '.generic_base', 'Store');
    callHelper(c, s, 2, s.bases, s.keywords, '.generic_base');
    const code = c.assemble(false);
    c.exitScope();
    makeClosure(c, s, code, 0);
    callWithoutArguments(c, s);
  } else {
    classBody(c, s, firstlineno);
    callHelper(c, s, 2, s.bases, s.keywords);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, s, s.name, 'Store');
}

type TypeAliasStmt = Extract<Stmt, { _type: 'TypeAlias' }>;

function typeAliasBody(c: Compiler, s: TypeAliasStmt, name: string): void {
  let flags = 0;
  if (!c.is313) {
    c.loadConst(tuple([int(1)]), s);
    flags = FunctionAttribute.DEFAULTS;
  }
  setupAnnotationsScope(c, s, c.symtable.lookup(s), name, 'function');
  // The first constant would be taken for a docstring.
  if (c.is313) c.u.consts.add(NONE);
  visitExpr(c, s.value);
  c.op(Op.RETURN_VALUE, s);
  const code = c.assemble(false);
  c.exitScope();
  makeClosure(c, s, code, flags);
  c.op(Op.BUILD_TUPLE, s, 3);
  c.op(Op.CALL_INTRINSIC_1, s, Intrinsic1.TYPEALIAS);
}

export function typeAlias(c: Compiler, s: TypeAliasStmt): void {
  const name = s.name._type === 'Name' ? s.name.id : '';
  if (s.type_params.length > 0) {
    const ste = c.symtable.lookup(s.type_params);
    c.enterScope(`<generic parameters of ${name}>`, 'annotations', ste, s.lineno);
    c.loadStr(name, s);
    typeParams(c, s.type_params);
    typeAliasBody(c, s, name);
    const code = c.assemble(false);
    c.exitScope();
    makeClosure(c, s, code, 0);
    callWithoutArguments(c, s);
  } else {
    c.loadStr(name, s);
    c.loadNone(s);
    typeAliasBody(c, s, name);
  }
  nameOp(c, s, name, 'Store');
}
