/**
 * Type parameters (Objects/typevarobject.c): TypeVar, ParamSpec, TypeVarTuple, `type` statements, Generic, NoDefault.
 * What `[T: bound = default]` says is a function that runs when somebody asks, and its answer is kept.
 *
 * The types are made when they are first needed.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type GetSetDef, type MethodDef, type TypeSlots, type TypeSpec } from '../heap/object';
import { getAttrString, getItem, length, reprText, richCompare, typeName } from './abstract';
import { FUNC_MODULE } from './funcobject';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { newGenericAlias, typeRepr } from './generic-alias';
import { tupleIter } from './iter';
import { F_FUNC } from './interpreter-frame';
import { intFromNumber, intToNumber } from './int';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { newTuple, tupleItems, tupleSize } from './tuple';
import { newNativeType } from './type-ready';
import { unionFromItems } from './union';
import { callTyping, typingAttr } from './typing-call';
import { clearWeakrefs } from './weakref-list';
import { isInt, isStr, isTuple } from './abstract';
import { dictSet } from './dict';
import { materializeDict } from './dict-values';

/** Every kind of parameter: its name, its default and the function that makes the default. */
const NAME = 2;
const DEFAULT = 3;
const EVALUATE_DEFAULT = 4;
const DICT = 5;
const WEAKLIST = 6;
// TypeVar and ParamSpec
const BOUND = 7;
const EVALUATE_BOUND = 8;
const CONSTRAINTS = 9;
const EVALUATE_CONSTRAINTS = 10;
/** Bits, not a reference. */
const VARIANCE = 11;
const COVARIANT = 1;
const CONTRAVARIANT = 2;
const INFER = 4;

/** Owned fields by type. */
const COMMON = [NAME, DEFAULT, EVALUATE_DEFAULT, DICT];
const WITH_BOUND = [...COMMON, BOUND, EVALUATE_BOUND, CONSTRAINTS, EVALUATE_CONSTRAINTS];

/** dealloc, traverse and clear for an object that owns these words. */
function owns(words: readonly number[], weaklist = 0): TypeSpec['slots'] {
  return {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      for (const w of words) rt.heap.clearRef(h + w);
      if (weaklist !== 0 && rt.mem[h + weaklist] !== 0) clearWeakrefs(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_clear(rt: Runtime, h) {
      for (const w of words) rt.heap.clearRef(h + w);
    },
  };
}

function member(word: number): GetSetDef {
  return { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + word]! || rt.None) };
}

/** The type of that name in `typing`, made now if need be. */
export function typingType(rt: Runtime, name: keyof typeof SPECS): TypeSlots {
  const key = `typing.${name}`;
  let type = rt.moduleTypes.get(key);
  if (type === undefined) {
    const [kind, spec] = SPECS[name];
    type = newNativeType(rt, spec(rt), kind);
    // A heap type takes object's over.
    if (name === 'Generic') type.tp_new = rt.types.object.tp_new;
    rt.moduleTypes.set(key, type);
  }
  return type;
}

/** `typing.NoDefault`, borrowed. */
export function noDefault(rt: Runtime): Handle {
  const type = typingType(rt, 'NoDefaultType');
  if (rt.noDefault === 0) {
    rt.noDefault = newObject(rt, type);
    rt.heap.immortalize(rt.noDefault);
  }
  return rt.noDefault;
}

// ---- evaluation on demand ---------------------------------------------------------------------------------------------

/** What an evaluator answers for FORMAT_VALUE; 3.13's take no argument. New or 0. */
function evaluate(rt: Runtime, evaluator: Handle): Handle {
  return rt.call(evaluator, rt.facts.name === '3.13' ? [] : [intFromNumber(rt, 1)]);
}

/** A field that is made by its evaluator when it is first asked for: new, or 0 with an exception. */
function lazy(word: number, evaluatorWord: number, missing: (rt: Runtime) => Handle): GetSetDef {
  return {
    get: (rt: Runtime, h) => {
      if (rt.mem[h + word] !== 0) return rt.newRef(rt.mem[h + word]!);
      const evaluator = rt.mem[h + evaluatorWord]!;
      if (evaluator === 0) return rt.newRef(missing(rt));
      const value = evaluate(rt, evaluator);
      if (value !== 0) rt.heap.setRef(h + word, rt.newRef(value));
      return value;
    },
  };
}

/** 3.14's `evaluate_…`: the function, or one that answers the value that is there. */
function evaluatorOf(word: number, evaluatorWord: number, missing: (rt: Runtime) => Handle): GetSetDef {
  return {
    get: (rt: Runtime, h) => {
      if (rt.mem[h + evaluatorWord] !== 0) return rt.newRef(rt.mem[h + evaluatorWord]!);
      const value = rt.mem[h + word]!;
      return value === 0 || value === missing(rt) ? rt.None : newConstEvaluator(rt, value);
    },
  };
}

const none = (rt: Runtime): Handle => rt.None;
const emptyTuple = (rt: Runtime): Handle => rt.emptyTuple;

function newConstEvaluator(rt: Runtime, value: Handle): Handle {
  const h = newObject(rt, typingType(rt, '_ConstEvaluator'));
  rt.heap.set(h + NAME, rt.newRef(value));
  rt.heap.gcTrack(h);
  return h;
}

/** Only in 3.14. */
function since314(rt: Runtime, getset: Record<string, GetSetDef>): Record<string, GetSetDef> {
  return rt.facts.name === '3.13' ? {} : getset;
}

// ---- making them --------------------------------------------------------------------------------------------------------

/** `caller()`: the module of the function that runs, borrowed. */
function callerModule(rt: Runtime): Handle {
  const f = rt.frame;
  const func = f === 0 ? 0 : rt.mem[f + F_FUNC]!;
  return func === 0 ? rt.None : rt.mem[func + FUNC_MODULE]! || rt.None;
}

function newParameter(rt: Runtime, type: 'TypeVar' | 'ParamSpec' | 'TypeVarTuple', name: Handle): Handle {
  const h = newObject(rt, typingType(rt, type));
  rt.heap.set(h + NAME, rt.newRef(name));
  rt.heap.gcTrack(h);
  return h;
}

/** `_Py_make_typevar`: evaluators borrowed, 0 for none. New. */
export function makeTypeVar(rt: Runtime, name: Handle, evaluateBound: Handle, evaluateConstraints: Handle): Handle {
  const h = newParameter(rt, 'TypeVar', name);
  if (evaluateBound !== 0) rt.heap.set(h + EVALUATE_BOUND, rt.newRef(evaluateBound));
  if (evaluateConstraints !== 0) rt.heap.set(h + EVALUATE_CONSTRAINTS, rt.newRef(evaluateConstraints));
  rt.heap.set(h + VARIANCE, INFER);
  return h;
}
export function makeParamSpec(rt: Runtime, name: Handle): Handle {
  const h = newParameter(rt, 'ParamSpec', name);
  rt.heap.set(h + VARIANCE, INFER);
  return h;
}
export function makeTypeVarTuple(rt: Runtime, name: Handle): Handle {
  return newParameter(rt, 'TypeVarTuple', name);
}
/** `_Py_set_typeparam_default`: borrowed; new. */
export function setTypeParamDefault(rt: Runtime, param: Handle, evaluateDefault: Handle): Handle {
  rt.heap.setRef(param + EVALUATE_DEFAULT, rt.newRef(evaluateDefault));
  return rt.newRef(param);
}

/** Positional and keyword arguments of a `__new__`; the rest of the positional ones if `name` is the only one. */
function arguments_(
  rt: Runtime,
  fname: string,
  args: Handle[],
  kwnames: Handle[] | null,
  positional: readonly string[],
  keywords: readonly string[],
  variadic: boolean,
): { byName: Map<string, Handle>; rest: Handle[] } | null {
  const n = args.length - (kwnames?.length ?? 0);
  const byName = new Map<string, Handle>();
  if (!variadic && n > positional.length) {
    rt.raise('TypeError', `${fname}() takes at most ${positional.length} positional arguments (${n} given)`);
    return null;
  }
  for (let i = 0; i < Math.min(n, positional.length); i++) byName.set(positional[i]!, args[i]!);
  for (const [k, h] of (kwnames ?? []).entries()) {
    const key = strValue(rt, h);
    if (!positional.includes(key) && !keywords.includes(key)) {
      rt.raise('TypeError', `${fname}() got an unexpected keyword argument '${key}'`);
      return null;
    }
    byName.set(key, args[n + k]!);
  }
  for (const [i, key] of positional.entries()) {
    if (byName.has(key)) continue;
    rt.raise('TypeError', `${fname}() missing required argument '${key}' (pos ${i + 1})`);
    return null;
  }
  return { byName, rest: args.slice(positional.length, Math.max(n, positional.length)) };
}

const truth = (rt: Runtime, h: Handle | undefined): boolean => h !== undefined && h !== rt.False && h !== rt.None;

function strArgument(rt: Runtime, fname: string, h: Handle): boolean {
  if (isStr(rt, h)) return true;
  rt.raise('TypeError', `${fname}() argument 'name' must be str, not ${typeName(rt, h)}`);
  return false;
}

/** Variance bits; -1 with ValueError. */
function variance(rt: Runtime, byName: Map<string, Handle>): number {
  const [co, contra, infer] = ['covariant', 'contravariant', 'infer_variance'].map((k) => truth(rt, byName.get(k)));
  if (co && contra) return rt.raiseInt('ValueError', 'Bivariant types are not supported.');
  if (infer && (co || contra)) return rt.raiseInt('ValueError', 'Variance cannot be specified with infer_variance.');
  return (co ? COVARIANT : 0) | (contra ? CONTRAVARIANT : 0) | (infer ? INFER : 0);
}

/** `type_check`: new, 0 for None; -1 with an exception. */
function checkedBound(rt: Runtime, bound: Handle | undefined): Handle {
  if (bound === undefined || bound === rt.None) return 0;
  const message = strFrom(rt, 'Bound must be a type.');
  const r = callTyping(rt, '_type_check', [bound, message]);
  rt.decref(message);
  return r === 0 ? -1 : r;
}

function setModule(rt: Runtime, h: Handle): void {
  const module = callerModule(rt);
  if (rt.tp(h).dictoffset !== 0) dictSet(rt, materializeDict(rt, h, rt.tp(h)), rt.id('__module__'), module);
}

function typeVarNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const keywords = ['bound', 'default', 'covariant', 'contravariant', 'infer_variance'];
  const given = arguments_(rt, 'typevar', args, kwnames, ['name'], keywords, true);
  if (given === null) return 0;
  const { byName, rest } = given;
  const name = byName.get('name')!;
  if (!strArgument(rt, 'typevar', name)) return 0;
  const bits = variance(rt, byName);
  if (bits < 0) return 0;
  const bound = checkedBound(rt, byName.get('bound'));
  if (bound < 0) return 0;
  if (rest.length === 1 || (rest.length > 0 && bound !== 0)) {
    rt.xdecref(bound);
    return rt.raise(
      'TypeError',
      rest.length === 1 ? 'A single constraint is not allowed' : 'Constraints cannot be combined with bound=...',
    );
  }
  const h = newParameter(rt, 'TypeVar', name);
  rt.heap.set(h + BOUND, bound);
  if (rest.length > 0)
    rt.heap.set(
      h + CONSTRAINTS,
      newTuple(
        rt,
        rest.map((x) => rt.newRef(x)),
      ),
    );
  rt.heap.set(h + VARIANCE, bits);
  rt.heap.set(h + DEFAULT, rt.newRef(byName.get('default') ?? noDefault(rt)));
  setModule(rt, h);
  return h;
}

function paramSpecNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const keywords = ['bound', 'default', 'covariant', 'contravariant', 'infer_variance'];
  const given = arguments_(rt, 'paramspec', args, kwnames, ['name'], keywords, false);
  if (given === null) return 0;
  const name = given.byName.get('name')!;
  if (!strArgument(rt, 'paramspec', name)) return 0;
  const bits = variance(rt, given.byName);
  if (bits < 0) return 0;
  const bound = checkedBound(rt, given.byName.get('bound'));
  if (bound < 0) return 0;
  const h = newParameter(rt, 'ParamSpec', name);
  rt.heap.set(h + BOUND, bound);
  rt.heap.set(h + VARIANCE, bits);
  rt.heap.set(h + DEFAULT, rt.newRef(given.byName.get('default') ?? noDefault(rt)));
  setModule(rt, h);
  return h;
}

function typeVarTupleNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const given = arguments_(rt, 'typevartuple', args, kwnames, ['name'], ['default'], false);
  if (given === null) return 0;
  const name = given.byName.get('name')!;
  if (!strArgument(rt, 'typevartuple', name)) return 0;
  const h = newParameter(rt, 'TypeVarTuple', name);
  rt.heap.set(h + DEFAULT, rt.newRef(given.byName.get('default') ?? noDefault(rt)));
  setModule(rt, h);
  return h;
}

// ---- what they answer ---------------------------------------------------------------------------------------------------

function parameterRepr(rt: Runtime, h: Handle): Handle {
  const bits = rt.mem[h + VARIANCE]!;
  if ((bits & INFER) !== 0) return rt.newRef(rt.mem[h + NAME]!);
  const mark = (bits & COVARIANT) !== 0 ? '+' : (bits & CONTRAVARIANT) !== 0 ? '-' : '~';
  return strFrom(rt, mark + strValue(rt, rt.mem[h + NAME]!));
}

const bit = (mask: number): GetSetDef => ({ get: (rt: Runtime, h) => rt.bool((rt.mem[h + VARIANCE]! & mask) !== 0) });
const varianceGetset: Record<string, GetSetDef> = {
  __covariant__: bit(COVARIANT),
  __contravariant__: bit(CONTRAVARIANT),
  __infer_variance__: bit(INFER),
};

const getDefault = lazy(DEFAULT, EVALUATE_DEFAULT, noDefault);
const defaultGetset = (rt: Runtime): Record<string, GetSetDef> => ({
  __default__: getDefault,
  ...since314(rt, { evaluate_default: evaluatorOf(DEFAULT, EVALUATE_DEFAULT, noDefault) }),
});

const reduceToName: MethodDef = { kind: 'noargs', fn: (rt: Runtime, h) => rt.newRef(rt.mem[h + NAME]!) };
const hasDefault: MethodDef = {
  kind: 'noargs',
  fn: (rt: Runtime, h) =>
    rt.bool(rt.mem[h + EVALUATE_DEFAULT] !== 0 || ![0, noDefault(rt)].includes(rt.mem[h + DEFAULT]!)),
};
/** Instances are no bases. */
function notABase(what: string): MethodDef {
  return {
    kind: 'o',
    fn: (rt: Runtime) => rt.raise('TypeError', `Cannot subclass an instance of ${what}`),
  };
}

/** A method that is `typing.NAME(self, …)`. */
function delegated(name: string): MethodDef {
  return { kind: 'fast', min: 0, max: -1, fn: (rt: Runtime, h, args) => callTyping(rt, name, [h, ...args]) };
}

/** `typevar_typing_prepare_subst`: fills in the default of the first parameter that no argument is for. */
function typeVarPrepareSubst(rt: Runtime, self: Handle, args: Handle[]): Handle {
  const [alias, given] = args as [Handle, Handle];
  const params = getAttrString(rt, alias, '__parameters__');
  if (params === 0) return 0;
  const n = length(rt, given);
  const index = isTuple(rt, params) ? tupleItems(rt, params).indexOf(self) : -1;
  rt.decref(params);
  if (n < 0) return 0;
  if (n > index) return rt.newRef(given);
  if (n === index) {
    const value = getDefault.get.call(null, rt, self);
    if (value === 0) return 0;
    if (value !== noDefault(rt)) {
      const items = isTuple(rt, given) ? tupleItems(rt, given).map((x) => rt.newRef(x)) : [rt.newRef(given)];
      return newTuple(rt, [...items, value]);
    }
  }
  const text = reprText(rt, alias);
  return text === null ? 0 : rt.raise('TypeError', `Too few arguments for ${text}`);
}

/** `make_union`: the other way round for `__ror__`, which the slot's order already says. */
const unionOr = (rt: Runtime, a: Handle, b: Handle): Handle =>
  rt.facts.name === '3.13' ? callTyping(rt, '_make_union', [a, b]) : unionFromItems(rt, [a, b]);

/** `unpack`: `typing.Unpack[h]`. */
function unpacked(rt: Runtime, h: Handle): Handle {
  const unpack = typingAttr(rt, 'Unpack');
  if (unpack === 0) return 0;
  const r = getItem(rt, unpack, h);
  rt.decref(unpack);
  return r;
}

function unpackIter(rt: Runtime, h: Handle): Handle {
  const u = unpacked(rt, h);
  if (u === 0) return 0;
  const t = newTuple(rt, [u]);
  const it = tupleIter(rt, t);
  rt.decref(t);
  return it;
}

/** `unpack_typevartuples`: new. */
function unpackTypeVarTuples(rt: Runtime, params: Handle): Handle {
  const type = rt.moduleTypes.get('typing.TypeVarTuple');
  const items = tupleItems(rt, params);
  if (type === undefined || !items.some((p) => rt.is(p, type))) return rt.newRef(params);
  const out: Handle[] = [];
  for (const p of items) {
    const h = rt.is(p, type) ? unpacked(rt, p) : rt.newRef(p);
    if (h === 0) {
      for (const o of out) rt.decref(o);
      return 0;
    }
    out.push(h);
  }
  return newTuple(rt, out);
}

/** `_Py_subscript_generic`: `Generic[params]`. New. */
export function subscriptGeneric(rt: Runtime, params: Handle): Handle {
  const args = unpackTypeVarTuples(rt, params);
  if (args === 0) return 0;
  const r = callTyping(rt, '_GenericAlias', [typingType(rt, 'Generic').handle, args]);
  rt.decref(args);
  return r;
}

// ---- ParamSpecArgs, ParamSpecKwargs ---------------------------------------------------------------------------------------

function paramSpecAttr(which: 'ParamSpecArgs' | 'ParamSpecKwargs'): TypeSpec {
  const suffix = which === 'ParamSpecArgs' ? 'args' : 'kwargs';
  return {
    name: which,
    module: 'typing',
    gc: true,
    words: 2,
    basicsize: 24,
    weaklistoffset: 3,
    slots: {
      ...owns([NAME], 3),
      tp_new(rt: Runtime, _type, args, kwnames) {
        const given = arguments_(rt, which.toLowerCase(), args, kwnames, ['origin'], [], false);
        return given === null ? 0 : newParamSpecAttr(rt, which, given.byName.get('origin')!);
      },
      tp_repr(rt: Runtime, h) {
        const origin = rt.mem[h + NAME]!;
        if (rt.is(origin, typingType(rt, 'ParamSpec')))
          return strFrom(rt, `${strValue(rt, rt.mem[origin + NAME]!)}.${suffix}`);
        const text = reprText(rt, origin);
        return text === null ? 0 : strFrom(rt, `${text}.${suffix}`);
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if (rt.mem[a + 1] !== rt.mem[b + 1] || (op !== CompareOp.EQ && op !== CompareOp.NE)) return rt.NotImplemented;
        return richCompare(rt, rt.mem[a + NAME]!, rt.mem[b + NAME]!, op);
      },
      tp_getattro: genericGetAttr,
    },
    methods: { __mro_entries__: notABase(which) },
    getset: { __origin__: member(NAME) },
  };
}

function newParamSpecAttr(rt: Runtime, which: 'ParamSpecArgs' | 'ParamSpecKwargs', origin: Handle): Handle {
  const h = newObject(rt, typingType(rt, which));
  rt.heap.set(h + NAME, rt.newRef(origin));
  rt.heap.gcTrack(h);
  return h;
}

// ---- type aliases -----------------------------------------------------------------------------------------------------------

const ALIAS_PARAMS = 3;
const ALIAS_COMPUTE = 4;
const ALIAS_VALUE = 5;
const ALIAS_MODULE = 6;

function newAlias(rt: Runtime, name: Handle, params: Handle, compute: Handle, value: Handle, module: Handle): Handle {
  const h = newObject(rt, typingType(rt, 'TypeAliasType'));
  rt.heap.set(h + NAME, rt.newRef(name));
  for (const [word, field] of [
    [ALIAS_PARAMS, params],
    [ALIAS_COMPUTE, compute],
    [ALIAS_VALUE, value],
    [ALIAS_MODULE, module],
  ] as const)
    if (field !== 0) rt.heap.set(h + word, rt.newRef(field));
  rt.heap.gcTrack(h);
  return h;
}

/** `_Py_make_typealias`: from (name, type_params or None, evaluator). New. */
export function makeTypeAlias(rt: Runtime, args: Handle): Handle {
  const [name, params, compute] = tupleItems(rt, args) as [Handle, Handle, Handle];
  return newAlias(rt, name, params === rt.None ? 0 : params, compute, 0, 0);
}

function typeAliasNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const given = arguments_(rt, 'typealias', args, kwnames, ['name', 'value'], ['type_params'], false);
  if (given === null) return 0;
  const name = given.byName.get('name')!;
  if (!strArgument(rt, 'typealias', name)) return 0;
  const params = given.byName.get('type_params') ?? 0;
  if (params !== 0) {
    if (!isTuple(rt, params)) return rt.raise('TypeError', 'type_params must be a tuple');
    if (!checkTypeParams(rt, params)) return 0;
  }
  const own = params !== 0 && tupleSize(rt, params) === 0 ? 0 : params;
  return newAlias(rt, name, own, 0, given.byName.get('value')!, callerModule(rt));
}

/** `type_params` after `type_check_type_params`: parameters with defaults come last. */
function checkTypeParams(rt: Runtime, params: Handle): boolean {
  const kinds = (['TypeVar', 'ParamSpec', 'TypeVarTuple'] as const).map((k) => typingType(rt, k));
  let sawDefault = false;
  for (const p of tupleItems(rt, params)) {
    if (!kinds.some((k) => rt.is(p, k))) {
      const text = reprText(rt, p);
      if (text !== null) rt.raise('TypeError', `Expected a type param, got ${text}`);
      return false;
    }
    const value = getDefault.get.call(null, rt, p);
    if (value === 0) return false;
    rt.decref(value);
    if (value !== noDefault(rt)) sawDefault = true;
    else if (sawDefault) {
      const text = reprText(rt, p);
      if (text !== null) rt.raise('TypeError', `non-default type parameter '${text}' follows default type parameter`);
      return false;
    }
  }
  return true;
}

const aliasParameters = (rt: Runtime, h: Handle): Handle => {
  const params = rt.mem[h + ALIAS_PARAMS]!;
  return params === 0 ? rt.emptyTuple : unpackTypeVarTuples(rt, params);
};

function typeAliasSpec(rt: Runtime): TypeSpec {
  return {
    name: 'TypeAliasType',
    module: 'typing',
    gc: true,
    words: 5,
    basicsize: 56,
    slots: {
      ...owns([NAME, ALIAS_PARAMS, ALIAS_COMPUTE, ALIAS_VALUE, ALIAS_MODULE]),
      tp_new: typeAliasNew as never,
      tp_repr: (rt: Runtime, h) => rt.newRef(rt.mem[h + NAME]!),
      tp_getattro: genericGetAttr,
      ...(rt.facts.name === '3.13' ? {} : { tp_iter: unpackIter as never }),
      nb_or: unionOr as never,
      mp_subscript(rt: Runtime, h, args) {
        if (rt.mem[h + ALIAS_PARAMS] === 0) return rt.raise('TypeError', 'Only generic type aliases are subscriptable');
        return newGenericAlias(rt, h, args);
      },
    },
    methods: { __reduce__: reduceToName },
    getset: {
      __name__: member(NAME),
      __value__: lazy(ALIAS_VALUE, ALIAS_COMPUTE, none),
      __type_params__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ALIAS_PARAMS]! || rt.emptyTuple) },
      __parameters__: { get: aliasParameters as never },
      __module__: {
        get: (rt: Runtime, h) => {
          const compute = rt.mem[h + ALIAS_COMPUTE]!;
          const own = rt.mem[h + ALIAS_MODULE]! || (compute === 0 ? 0 : rt.mem[compute + FUNC_MODULE]!);
          return rt.newRef(own || rt.None);
        },
      },
      ...since314(rt, { evaluate_value: evaluatorOf(ALIAS_VALUE, ALIAS_COMPUTE, () => 0) }),
    },
  };
}

// ---- the types ------------------------------------------------------------------------------------------------------------

const paramGetset = { get: member(NAME).get };

const SPECS: Record<
  | 'TypeVar'
  | 'ParamSpec'
  | 'TypeVarTuple'
  | 'ParamSpecArgs'
  | 'ParamSpecKwargs'
  | 'TypeAliasType'
  | 'Generic'
  | 'NoDefaultType'
  | '_ConstEvaluator',
  [kind: 'static' | 'heap', spec: (rt: Runtime) => TypeSpec]
> = {
  TypeVar: [
    'heap',
    (rt) => ({
      name: 'TypeVar',
      module: 'typing',
      gc: true,
      words: 10,
      basicsize: 80,
      dictoffset: DICT,
      weaklistoffset: WEAKLIST,
      slots: {
        ...owns(WITH_BOUND, WEAKLIST),
        tp_new: typeVarNew as never,
        tp_repr: parameterRepr as never,
        tp_getattro: genericGetAttr,
        tp_setattro: genericSetAttr,
        nb_or: unionOr as never,
      },
      methods: {
        __typing_subst__: delegated('_typevar_subst'),
        __typing_prepare_subst__: { kind: 'fast', min: 2, max: 2, fn: typeVarPrepareSubst as never },
        __reduce__: reduceToName,
        has_default: hasDefault,
        __mro_entries__: notABase('TypeVar'),
      },
      getset: {
        __name__: paramGetset,
        __bound__: lazy(BOUND, EVALUATE_BOUND, none),
        __constraints__: lazy(CONSTRAINTS, EVALUATE_CONSTRAINTS, emptyTuple),
        ...varianceGetset,
        ...defaultGetset(rt),
        ...since314(rt, {
          evaluate_bound: evaluatorOf(BOUND, EVALUATE_BOUND, () => 0),
          evaluate_constraints: evaluatorOf(CONSTRAINTS, EVALUATE_CONSTRAINTS, () => 0),
        }),
      },
    }),
  ],
  ParamSpec: [
    'heap',
    (rt) => ({
      name: 'ParamSpec',
      module: 'typing',
      gc: true,
      words: 10,
      basicsize: 56,
      dictoffset: DICT,
      weaklistoffset: WEAKLIST,
      slots: {
        ...owns(WITH_BOUND, WEAKLIST),
        tp_new: paramSpecNew as never,
        tp_repr: parameterRepr as never,
        tp_getattro: genericGetAttr,
        tp_setattro: genericSetAttr,
        nb_or: unionOr as never,
      },
      methods: {
        __typing_subst__: delegated('_paramspec_subst'),
        __typing_prepare_subst__: delegated('_paramspec_prepare_subst'),
        __reduce__: reduceToName,
        has_default: hasDefault,
        __mro_entries__: notABase('ParamSpec'),
      },
      getset: {
        __name__: paramGetset,
        __bound__: member(BOUND),
        ...varianceGetset,
        args: { get: (rt: Runtime, h) => newParamSpecAttr(rt, 'ParamSpecArgs', h) },
        kwargs: { get: (rt: Runtime, h) => newParamSpecAttr(rt, 'ParamSpecKwargs', h) },
        ...defaultGetset(rt),
      },
    }),
  ],
  TypeVarTuple: [
    'heap',
    (rt) => ({
      name: 'TypeVarTuple',
      module: 'typing',
      gc: true,
      words: 5,
      basicsize: 40,
      dictoffset: DICT,
      weaklistoffset: WEAKLIST,
      slots: {
        ...owns(COMMON, WEAKLIST),
        tp_new: typeVarTupleNew as never,
        tp_repr: (rt: Runtime, h) => rt.newRef(rt.mem[h + NAME]!),
        tp_iter: unpackIter as never,
        tp_getattro: genericGetAttr,
        tp_setattro: genericSetAttr,
      },
      methods: {
        __typing_subst__: {
          kind: 'o',
          fn: (rt: Runtime) => rt.raise('TypeError', 'Substitution of bare TypeVarTuple is not supported'),
        },
        __typing_prepare_subst__: delegated('_typevartuple_prepare_subst'),
        __reduce__: reduceToName,
        has_default: hasDefault,
        __mro_entries__: notABase('TypeVarTuple'),
      },
      getset: { __name__: paramGetset, ...defaultGetset(rt) },
    }),
  ],
  ParamSpecArgs: ['heap', () => paramSpecAttr('ParamSpecArgs')],
  ParamSpecKwargs: ['heap', () => paramSpecAttr('ParamSpecKwargs')],
  TypeAliasType: ['static', typeAliasSpec],
  Generic: [
    'heap',
    () => ({
      name: 'Generic',
      module: 'typing',
      gc: true,
      flags: TPFLAGS.BASETYPE,
      words: 0,
      basicsize: 16,
      slots: owns([]),
      classmethods: {
        __class_getitem__: {
          kind: 'keywords',
          fn: (rt: Runtime, cls, args, kwnames) => callTyping(rt, '_generic_class_getitem', [cls, ...args], kwnames),
        },
        __init_subclass__: {
          kind: 'keywords',
          fn: (rt: Runtime, cls, args, kwnames) => callTyping(rt, '_generic_init_subclass', [cls, ...args], kwnames),
        },
      },
    }),
  ],
  NoDefaultType: [
    'static',
    () => ({
      name: 'NoDefaultType',
      words: 0,
      basicsize: 16,
      slots: {
        tp_new(rt: Runtime, _type, args) {
          return args.length > 0 ? rt.raise('TypeError', 'NoDefaultType takes no arguments') : noDefault(rt);
        },
        tp_repr: (rt: Runtime) => strFrom(rt, 'typing.NoDefault'),
        tp_getattro: genericGetAttr,
      },
      methods: { __reduce__: { kind: 'noargs', fn: (rt: Runtime) => strFrom(rt, 'NoDefault') } },
    }),
  ],
  _ConstEvaluator: [
    'heap',
    () => ({
      name: '_ConstEvaluator',
      module: '_typing',
      gc: true,
      words: 1,
      basicsize: 24,
      slots: {
        ...owns([NAME]),
        tp_getattro: genericGetAttr,
        tp_repr(rt: Runtime, h) {
          const text = reprText(rt, rt.mem[h + NAME]!);
          return text === null ? 0 : strFrom(rt, `<constevaluator ${text}>`);
        },
        tp_call(rt: Runtime, h, args) {
          if (args.length !== 1 || !isInt(rt, args[0]!))
            return rt.raise('TypeError', '_typing._ConstEvaluator() takes one integer argument');
          const value = rt.mem[h + NAME]!;
          // FORMAT_STRING
          if (intToNumber(rt, args[0]!) !== 4) return rt.newRef(value);
          if (!isTuple(rt, value)) {
            const text = typeRepr(rt, value);
            return text === null ? 0 : strFrom(rt, text);
          }
          const parts: string[] = [];
          for (const item of tupleItems(rt, value)) {
            const text = typeRepr(rt, item);
            if (text === null) return 0;
            parts.push(text);
          }
          return strFrom(rt, `(${parts.join(', ')})`);
        },
      },
    }),
  ],
};
