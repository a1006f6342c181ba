/**
 * Exception groups (Objects/exceptions.c, `BaseExceptionGroup`): several exceptions in one, and taking them apart by
 * type. `ExceptionGroup` is a class of the bases BaseExceptionGroup and Exception, made at boot.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import {
  getOptionalAttr,
  isDict,
  isExceptionInstance,
  isStr,
  isTrue,
  isTuple,
  isType,
  setAttr,
  strText,
  typeName,
} from './abstract';
import { EXC_ARGS, EXC_CAUSE, EXC_CONTEXT, EXC_EXTRA, EXC_TRACEBACK, isExceptionClass } from './exceptions';
import { listFromIterable, newList } from './list';
import { allocInstance } from './object';
import type { Runtime } from './runtime';
import { callSpecial } from './slotdefs';
import { strFrom } from './str';
import { newTuple, tupleFromIterable, tupleItems, tupleSize } from './tuple';
import { isInstanceOf, isSubtype } from './type-lookup';

const MESSAGE = EXC_EXTRA;
const EXCEPTIONS = EXC_EXTRA + 1;

export function isExceptionGroup(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, rt.types.BaseExceptionGroup);
}

/** Its exceptions, borrowed. */
export function groupExceptions(rt: Runtime, group: Handle): Handle[] {
  return tupleItems(rt, rt.mem[group + EXCEPTIONS]!);
}

/** `BaseExceptionGroup_new`. */
export function groupNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const n = args.length - (kwnames?.length ?? 0);
  if (n !== 2) return rt.raise('TypeError', `BaseExceptionGroup.__new__() takes exactly 2 arguments (${n} given)`);
  const [message, given] = args as [Handle, Handle];
  if (!isStr(rt, message)) {
    return rt.raise('TypeError', `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(rt, message)}`);
  }
  if (rt.tp(given).sq_item === null) return rt.raise('TypeError', 'second argument (exceptions) must be a sequence');
  const exceptions = tupleFromIterable(rt, given);
  if (exceptions === 0) return 0;
  const cls = groupClass(rt, type, exceptions);
  if (cls === 0) {
    rt.decref(exceptions);
    return 0;
  }
  const h = allocInstance(rt, rt.slotsOfType(cls));
  rt.heap.set(h + EXC_ARGS, newTuple(rt, [rt.newRef(message), rt.newRef(given)]));
  rt.heap.set(h + MESSAGE, rt.newRef(message));
  rt.heap.set(h + EXCEPTIONS, exceptions);
  return h;
}

/** The class that such contents ask for, borrowed; 0 with an exception. */
function groupClass(rt: Runtime, type: Handle, exceptions: Handle): Handle {
  if (tupleSize(rt, exceptions) === 0) {
    return rt.raise('ValueError', 'second argument (exceptions) must be a non-empty sequence');
  }
  let onlyExceptions = true;
  for (const [i, exc] of tupleItems(rt, exceptions).entries()) {
    if (!isExceptionInstance(rt, exc))
      return rt.raise('ValueError', `Item ${i} of second argument (exceptions) is not an exception`);
    if (!isInstanceOf(rt, exc, rt.types.Exception)) onlyExceptions = false;
  }
  if (onlyExceptions) return type === rt.types.BaseExceptionGroup.handle ? rt.exceptionGroup : type;
  if (type === rt.exceptionGroup) return rt.raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup');
  if (isSubtype(rt, rt.slotsOfType(type), rt.types.Exception)) {
    return rt.raise('TypeError', `Cannot nest BaseExceptions in '${rt.slotsOfType(type).name}'`);
  }
  return type;
}

export function groupStr(rt: Runtime, h: Handle): Handle {
  const text = strText(rt, rt.mem[h + MESSAGE]!);
  if (text === null) return 0;
  const n = tupleSize(rt, rt.mem[h + EXCEPTIONS]!);
  return strFrom(rt, `${text} (${n} sub-exception${n === 1 ? '' : 's'})`);
}

/** What `split` and `subgroup` ask of each exception: 1, 0, -1. */
type Matcher = (exc: Handle) => number;

function matcherFor(rt: Runtime, condition: Handle): Matcher | null {
  const classes = isTuple(rt, condition) ? tupleItems(rt, condition) : [condition];
  if ((isTuple(rt, condition) || isType(rt, condition)) && classes.every((c) => isExceptionClass(rt, c))) {
    return (exc) => (classes.some((c) => isSubtype(rt, rt.tp(exc), rt.slotsOfType(c))) ? 1 : 0);
  }
  if (!isType(rt, condition) && rt.tp(condition).tp_call !== null) {
    return (exc) => {
      const r = rt.call(condition, [exc]);
      if (r === 0) return -1;
      const truth = isTrue(rt, r);
      rt.decref(r);
      return truth;
    };
  }
  rt.raise('TypeError', 'expected an exception type, a tuple of exception types, or a callable (other than a class)');
  return null;
}

/** `exceptiongroup_subset`: a group like the original with some of its exceptions (borrowed). New; None for none. */
function subset(rt: Runtime, original: Handle, exceptions: Handle[]): Handle {
  if (exceptions.length === 0) return rt.None;
  const list = newList(
    rt,
    exceptions.map((e) => rt.newRef(e)),
  );
  const group = callSpecial(rt, original, 'derive', [list]);
  rt.decref(list);
  if (group === 0) return 0;
  if (!isExceptionGroup(rt, group)) {
    rt.decref(group);
    return rt.raise('TypeError', 'derive must return an instance of BaseExceptionGroup');
  }
  for (const word of [EXC_TRACEBACK, EXC_CONTEXT, EXC_CAUSE]) {
    const value = rt.mem[original + word]!;
    if (value !== 0) rt.heap.setRef(group + word, rt.newRef(value));
  }
  const notes = getOptionalAttr(rt, original, rt.id('__notes__'));
  if (notes === 0) {
    rt.clearError();
    return group;
  }
  // What is no sequence is not passed on.
  if (rt.tp(notes).sq_item === null || isDict(rt, notes)) {
    rt.decref(notes);
    return group;
  }
  const copy = listFromIterable(rt, notes);
  rt.decref(notes);
  const failed = copy === 0 || setAttr(rt, group, rt.id('__notes__'), copy) < 0;
  rt.xdecref(copy);
  if (!failed) return group;
  rt.decref(group);
  return 0;
}

/**
 * `exceptiongroup_split_recursive`.
 * @returns what matches and what does not, both new, None where there is nothing; null with an exception
 */
export function splitGroup(
  rt: Runtime,
  exc: Handle,
  matches: Matcher,
  wantRest: boolean,
): [match: Handle, rest: Handle] | null {
  const whole = matches(exc);
  if (whole < 0) return null;
  if (whole === 1) return [rt.newRef(exc), rt.None];
  if (!isExceptionGroup(rt, exc)) return [rt.None, wantRest ? rt.newRef(exc) : rt.None];
  if (!rt.enterRecursive(' in exceptiongroup_split_recursive')) return null;
  const matched: Handle[] = [];
  const rest: Handle[] = [];
  let ok = true;
  for (const e of groupExceptions(rt, exc)) {
    const parts = splitGroup(rt, e, matches, wantRest);
    if (parts === null) {
      ok = false;
      break;
    }
    if (parts[0] !== rt.None) matched.push(parts[0]);
    if (parts[1] !== rt.None) rest.push(parts[1]);
  }
  rt.leaveRecursive();
  const match = ok ? subset(rt, exc, matched) : 0;
  const remainder = match === 0 ? 0 : wantRest ? subset(rt, exc, rest) : rt.None;
  for (const h of [...matched, ...rest]) rt.decref(h);
  if (remainder !== 0) return [match, remainder];
  rt.xdecref(match);
  return null;
}

function split(rt: Runtime, group: Handle, condition: Handle, wantRest: boolean): [Handle, Handle] | null {
  const matcher = matcherFor(rt, condition);
  return matcher === null ? null : splitGroup(rt, group, matcher, wantRest);
}

// ---- except* ------------------------------------------------------------------------------------------------------------

/** `_PyExc_CreateExceptionGroup`: new; the exceptions are borrowed. */
export function newExceptionGroup(rt: Runtime, exceptions: Handle[]): Handle {
  const list = newTuple(
    rt,
    exceptions.map((e) => rt.newRef(e)),
  );
  const group = rt.call(rt.types.BaseExceptionGroup.handle, [rt.emptyStr, list]);
  rt.decref(list);
  return group;
}

/** `is_same_exception_metadata`: a part of the original that was only passed on. */
function sameMetadata(rt: Runtime, a: Handle, b: Handle): boolean {
  const notes = (h: Handle): Handle => {
    const n = getOptionalAttr(rt, h, rt.id('__notes__'));
    rt.clearError();
    rt.xdecref(n);
    return n;
  };
  return notes(a) === notes(b) && [EXC_TRACEBACK, EXC_CAUSE, EXC_CONTEXT].every((w) => rt.mem[a + w] === rt.mem[b + w]);
}

function collectLeaves(rt: Runtime, exc: Handle, into: Set<Handle>): void {
  if (!isExceptionGroup(rt, exc)) into.add(exc);
  else for (const e of groupExceptions(rt, exc)) collectLeaves(rt, e, into);
}

/** `exception_group_projection`: the part of a group that has the leaves of `keep`. New, None, or 0. */
function projection(rt: Runtime, group: Handle, keep: Handle[]): Handle {
  const leaves = new Set<Handle>();
  for (const e of keep) collectLeaves(rt, e, leaves);
  const parts = splitGroup(rt, group, (e) => (!isExceptionGroup(rt, e) && leaves.has(e) ? 1 : 0), false);
  return parts === null ? 0 : parts[0];
}

/**
 * `_PyExc_PrepReraiseStar`: what is to be raised when the except* clauses are through.
 * @param excs what the clauses raised and what none of them matched, with None for nothing
 * @returns new, None for nothing; 0 with an exception
 */
export function prepReraiseStar(rt: Runtime, original: Handle, excs: Handle[]): Handle {
  if (excs.length === 0) return rt.None;
  // A naked exception that was wrapped: one clause has run at most.
  if (!isExceptionGroup(rt, original)) return rt.newRef(excs[0]!);
  const raised: Handle[] = [];
  const reraised: Handle[] = [];
  for (const e of excs) {
    if (e === rt.None) continue;
    (sameMetadata(rt, e, original) ? reraised : raised).push(e);
  }
  const rest = projection(rt, original, reraised);
  if (rest === 0 || raised.length === 0) return rest;
  if (rest !== rt.None) raised.push(rest);
  const result = raised.length === 1 ? rt.newRef(raised[0]!) : newExceptionGroup(rt, raised);
  rt.decref(rest);
  return result;
}

/** A function, so that exceptions.ts can use it although each file imports the other. */
export function groupMethods(): Record<string, MethodDef> {
  return {
    derive: {
      kind: 'o',
      fn: (rt: Runtime, h, exceptions) =>
        rt.call(rt.types.BaseExceptionGroup.handle, [rt.mem[h + MESSAGE]!, exceptions]),
    },
    split: {
      kind: 'o',
      fn: (rt: Runtime, h, condition) => {
        const parts = split(rt, h, condition, true);
        return parts === null ? 0 : newTuple(rt, parts);
      },
    },
    subgroup: { kind: 'o', fn: (rt: Runtime, h, condition) => split(rt, h, condition, false)?.[0] ?? 0 },
  };
}

/** `create_exception_group_class`: new. */
export function makeExceptionGroupClass(rt: Runtime): Handle {
  const name = strFrom(rt, 'ExceptionGroup');
  const bases = newTuple(rt, [rt.types.BaseExceptionGroup.handle, rt.types.Exception.handle]);
  const namespace = rt.call(rt.types.dict.handle, []);
  setModule(rt, namespace);
  const cls = rt.call(rt.types.type.handle, [name, bases, namespace]);
  for (const h of [name, bases, namespace]) rt.decref(h);
  return cls;
}

function setModule(rt: Runtime, namespace: Handle): void {
  rt.tp(namespace).mp_ass_subscript!(rt, namespace, rt.id('__module__'), rt.id('builtins'));
}
