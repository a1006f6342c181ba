/**
 * Frames for Python functions, and their arguments (Python/ceval.c, `initialize_locals`, `_PyEvalFramePushAndInit`).
 * The references of a call move into the callee's slots, tag and all: a borrowed argument makes a borrowed parameter.
 */
import { CO_VARARGS, CO_VARKEYWORDS } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { codeRuntime, type CodeRuntime } from '../objects/code';
import { dictGetKnown, dictSet, newDict } from '../objects/dict';
import {
  BORROWED,
  FLAG_ENTRY,
  F_BUILTINS,
  F_CODE,
  F_FRAMEOBJ,
  F_FLAGS,
  F_FUNC,
  F_GENERATOR,
  F_GLOBALS,
  F_LOCALS,
  F_LOCALSPLUS,
  F_OWNER,
  F_PC,
  F_PREVIOUS,
  F_SP,
  OWNED_BY_THREAD,
  clearFrameLocals,
  closeRef,
  steal,
} from '../objects/interpreter-frame';
import {
  FUNC_BUILTINS,
  FUNC_CODE,
  FUNC_DEFAULTS,
  FUNC_GLOBALS,
  FUNC_KWDEFAULTS,
  FUNC_QUALNAME,
} from '../objects/funcobject';
import { takeOwnership } from '../objects/frame';
import { strValue } from '../objects/str';
import { newTuple, tupleItem, tupleSize } from '../objects/tuple';
import { evalLoop } from './ceval';
import type { Interpreter } from './interpreter';
import { suggest } from './suggestions';

/** `func` as the caller's stack reference (stolen). The locals are unbound. 0 with RecursionError. */
export function pushFrame(ip: Interpreter, func: Handle, code: CodeRuntime, previous: number): number {
  const { mem } = ip;
  const f = ip.dataTop;
  const top = f + code.frameWords;
  if (ip.recursionDepth >= ip.recursionLimit || top > ip.heap.dataStackEnd) {
    return ip.raise('RecursionError', 'maximum recursion depth exceeded');
  }
  ip.recursionDepth++;
  ip.dataTop = top;
  mem[f + F_CODE] = ip.newRef(mem[func + FUNC_CODE]!);
  mem[f + F_FUNC] = func;
  mem[f + F_GLOBALS] = mem[func + FUNC_GLOBALS]!;
  mem[f + F_BUILTINS] = mem[func + FUNC_BUILTINS]!;
  mem[f + F_LOCALS] = 0;
  mem[f + F_FRAMEOBJ] = 0;
  mem[f + F_PREVIOUS] = previous;
  mem[f + F_PC] = 0;
  mem[f + F_OWNER] = OWNED_BY_THREAD;
  mem[f + F_FLAGS] = 0;
  mem[f + F_GENERATOR] = 0;
  const locals = f + F_LOCALSPLUS;
  const end = locals + code.nlocalsplus;
  mem.fill(0, locals, end);
  mem[f + F_SP] = end;
  return f;
}

/**
 * Binds arguments to parameters in a new frame.
 * @param refs stack references, positional then keyword values; all consumed, also on failure
 * @param kwnames str handles, borrowed
 * @returns false with TypeError; the frame is still to be dropped
 */
export function bindArguments(
  ip: Interpreter,
  f: number,
  func: Handle,
  code: CodeRuntime,
  refs: number[],
  kwnames: readonly Handle[] | null,
): boolean {
  const { unit } = code;
  const nkw = kwnames === null ? 0 : kwnames.length;
  const npos = refs.length - nkw;
  const { argcount, kwonlyargcount } = unit;
  const { mem } = ip;
  const locals = f + F_LOCALSPLUS;
  const named = argcount + kwonlyargcount;
  const varargs = (unit.flags & CO_VARARGS) !== 0;
  const varkw = (unit.flags & CO_VARKEYWORDS) !== 0;
  const kwdict = varkw ? newDict(ip) : 0;
  if (varkw) mem[locals + named + (varargs ? 1 : 0)] = kwdict;
  const direct = Math.min(npos, argcount);
  for (let i = 0; i < direct; i++) mem[locals + i] = refs[i]!;
  if (varargs) {
    const rest: Handle[] = [];
    for (let i = argcount; i < npos; i++) rest.push(steal(ip, refs[i]!));
    mem[locals + named] = newTuple(ip, rest);
  }
  for (let k = 0; k < nkw; k++) {
    const ref = refs[npos + k]!;
    const name = strValue(ip, kwnames![k]!);
    let slot = -1;
    for (let i = unit.posonlyargcount; i < named; i++) {
      if (unit.localsplusnames[i] === name) {
        slot = i;
        break;
      }
    }
    if (slot < 0) {
      if (!varkw) {
        const bad = unexpectedKeyword(ip, func, code, name, kwnames!);
        return release(ip, refs, npos + k, bad, varargs ? npos : argcount, npos);
      }
      const value = ref & ~BORROWED;
      dictSet(ip, kwdict, kwnames![k]!, value);
      closeRef(ip, ref);
      continue;
    }
    if (mem[locals + slot] !== 0) {
      ip.raise('TypeError', `${qualname(ip, func)}() got multiple values for argument '${name}'`);
      return release(ip, refs, npos + k, false, varargs ? npos : argcount, npos);
    }
    mem[locals + slot] = ref;
  }
  if (npos > argcount && !varargs) {
    tooManyPositional(ip, func, code, npos, locals);
    for (let i = argcount; i < npos; i++) closeRef(ip, refs[i]!);
    return false;
  }
  return fillDefaults(ip, func, code, npos, locals);
}

/** Closes what has not been moved into the frame: positional ones beyond the slots, keywords from `from` on. */
function release(ip: Interpreter, refs: number[], from: number, result: boolean, moved: number, npos: number): boolean {
  for (let i = Math.min(moved, npos); i < npos; i++) closeRef(ip, refs[i]!);
  for (let i = from; i < refs.length; i++) closeRef(ip, refs[i]!);
  return result;
}

function fillDefaults(ip: Interpreter, func: Handle, code: CodeRuntime, npos: number, locals: number): boolean {
  const { mem } = ip;
  const { argcount, kwonlyargcount, localsplusnames } = code.unit;
  if (npos < argcount) {
    const defaults = mem[func + FUNC_DEFAULTS]!;
    const ndefaults = defaults === 0 ? 0 : tupleSize(ip, defaults);
    const required = argcount - ndefaults;
    const missing: string[] = [];
    for (let i = npos; i < required; i++) if (mem[locals + i] === 0) missing.push(localsplusnames[i]!);
    if (missing.length > 0) return missingArguments(ip, func, missing, 'positional');
    for (let i = Math.max(npos, required); i < argcount; i++) {
      if (mem[locals + i] === 0) mem[locals + i] = ip.newRef(tupleItem(ip, defaults, i - required));
    }
  }
  if (kwonlyargcount > 0) {
    const kwdefaults = mem[func + FUNC_KWDEFAULTS]!;
    const missing: string[] = [];
    for (let i = argcount; i < argcount + kwonlyargcount; i++) {
      if (mem[locals + i] !== 0) continue;
      const value = kwdefaults === 0 ? 0 : dictGetKnown(ip, kwdefaults, ip.id(localsplusnames[i]!));
      if (value === 0) missing.push(localsplusnames[i]!);
      else mem[locals + i] = ip.newRef(value);
    }
    if (missing.length > 0) return missingArguments(ip, func, missing, 'keyword-only');
  }
  return true;
}

function qualname(ip: Interpreter, func: Handle): string {
  return strValue(ip, ip.mem[func + FUNC_QUALNAME]!);
}

function missingArguments(ip: Interpreter, func: Handle, names: string[], kind: string): false {
  const quoted = names.map((n) => `'${n}'`);
  let list: string;
  if (quoted.length === 1) list = quoted[0]!;
  else if (quoted.length === 2) list = `${quoted[0]} and ${quoted[1]}`;
  else list = `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
  ip.raise(
    'TypeError',
    `${qualname(ip, func)}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`,
  );
  return false;
}

function unexpectedKeyword(
  ip: Interpreter,
  func: Handle,
  code: CodeRuntime,
  name: string,
  kwnames: readonly Handle[],
): false {
  const { localsplusnames, posonlyargcount, argcount, kwonlyargcount } = code.unit;
  const positionalOnly = kwnames
    .map((k) => strValue(ip, k))
    .filter((k) => localsplusnames.slice(0, posonlyargcount).includes(k));
  if (positionalOnly.length > 0) {
    ip.raise(
      'TypeError',
      `${qualname(ip, func)}() got some positional-only arguments passed as keyword arguments: '${positionalOnly.join(', ')}'`,
    );
    return false;
  }
  const guess = suggest(name, localsplusnames.slice(posonlyargcount, argcount + kwonlyargcount));
  const hint = guess === null ? '' : `. Did you mean '${guess}'?`;
  ip.raise('TypeError', `${qualname(ip, func)}() got an unexpected keyword argument '${name}'${hint}`);
  return false;
}

function tooManyPositional(ip: Interpreter, func: Handle, code: CodeRuntime, given: number, locals: number): void {
  const { argcount, kwonlyargcount } = code.unit;
  const defaults = ip.mem[func + FUNC_DEFAULTS]!;
  const ndefaults = defaults === 0 ? 0 : tupleSize(ip, defaults);
  let kwGiven = 0;
  for (let i = argcount; i < argcount + kwonlyargcount; i++) if (ip.mem[locals + i] !== 0) kwGiven++;
  const takes = ndefaults > 0 ? `from ${argcount - ndefaults} to ${argcount}` : `${argcount}`;
  const many = ndefaults > 0 ? argcount > 0 : argcount !== 1;
  const kwText =
    kwGiven > 0
      ? ` positional argument${given !== 1 ? 's' : ''} (and ${kwGiven} keyword-only argument${kwGiven !== 1 ? 's' : ''})`
      : '';
  const were = given === 1 && kwGiven === 0 ? 'was' : 'were';
  ip.raise(
    'TypeError',
    `${qualname(ip, func)}() takes ${takes} positional argument${many ? 's' : ''} but ${given}${kwText} ${were} given`,
  );
}

/** Calls a Python function from native code: a nested run of the loop. Arguments borrowed. */
export function callFunction(ip: Interpreter, func: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  ip.incref(func);
  for (const a of args) ip.incref(a);
  const f = enterFunction(ip, func, args, kwnames, ip.frame);
  if (f === 0) return 0;
  return runFrame(ip, f);
}

/**
 * Pushes the frame of a call. `func` and `refs` are consumed, also on failure (0 with an exception).
 */
export function enterFunction(
  ip: Interpreter,
  func: Handle,
  refs: number[],
  kwnames: readonly Handle[] | null,
  previous: number,
): number {
  const code = codeRuntime(ip, ip.mem[func + FUNC_CODE]!);
  const f = pushFrame(ip, func, code, previous);
  if (f === 0) {
    for (const r of refs) closeRef(ip, r);
    ip.decref(func);
    return 0;
  }
  if (!bindArguments(ip, f, func, code, refs, kwnames)) {
    popFrame(ip, f);
    return 0;
  }
  return f;
}

/** Runs a pushed frame to its end from native code. */
export function runFrame(ip: Interpreter, f: number): Handle {
  ip.mem[f + F_FLAGS] = ip.mem[f + F_FLAGS]! | FLAG_ENTRY;
  const saved = ip.frame;
  ip.frame = f;
  const r = evalLoop(ip);
  ip.frame = saved;
  return r;
}

/** `_PyEval_FrameClearAndPop`: the frame's end, on the data stack. */
export function popFrame(ip: Interpreter, f: number): void {
  const { heap, mem } = ip;
  const frameObj = mem[f + F_FRAMEOBJ]!;
  if (frameObj !== 0 && mem[frameObj]! > 1) {
    takeOwnership(ip, f);
    mem[f + F_FRAMEOBJ] = 0;
    heap.decref(frameObj);
  } else {
    clearFrameLocals(ip, f);
    if (frameObj !== 0) {
      mem[f + F_FRAMEOBJ] = 0;
      heap.decref(frameObj);
    }
    const func = mem[f + F_FUNC]!;
    mem[f + F_FUNC] = 0;
    if (func !== 0) heap.decref(func);
    const code = mem[f + F_CODE]!;
    mem[f + F_CODE] = 0;
    heap.decref(code);
  }
  ip.dataTop = f;
  ip.recursionDepth--;
}
