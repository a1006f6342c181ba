/**
 * The loop (Python/ceval.c, Python/bytecodes.c): fetch, dispatch, unwind. A Python function called by Python code gets
 * a frame and no JavaScript call; native code that calls Python starts a nested run of this function.
 *
 * In an instruction, `break` is the way to the error path and `continue` to the next instruction. `sp` is the first
 * free stack word. What a stack word holds is a handle, or handle | 1 for a borrowed reference.
 */
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from '../compiler/code-unit';
import { Op } from '../compiler/opcodes';
import { TPFLAGS, type CompareOp } from '../heap/object';
import type { Handle } from '../heap/layout';
import { EngineError } from '../heap/engine-error';
import {
  ascii,
  contains,
  getAttr,
  getIter,
  isTrue,
  length,
  repr,
  richCompare,
  setAttr,
  setItem,
  str,
  typeName,
} from '../objects/abstract';
import { getAiter, getAnext, getAwaitable } from '../objects/async-generator';
import { cellValue, newCell, setCell } from '../objects/cell';
import { IM_FUNC, IM_SELF } from '../objects/classobject';
import { codeRuntime, type CodeRuntime, type GeneratedCode } from '../objects/code';
import { dictSet, newDict } from '../objects/dict';
import { EXC_EXTRA, EXC_TRACEBACK } from '../objects/exceptions';
import { FUNC_CLOSURE, FUNC_CODE, newFunction } from '../objects/funcobject';
import { GEN_CREATED, GEN_STATE, generatorSend, newGenerator } from '../objects/generator';
import { INT_LEAF, INT_VALUE, intFromNumber } from '../objects/int';
import {
  BORROWED,
  FLAG_BITS,
  FLAG_ENTRY,
  FLAG_INIT,
  F_BUILTINS,
  F_FLAGS,
  F_FUNC,
  F_GLOBALS,
  F_LOCALS,
  F_LOCALSPLUS,
  F_OWNER,
  F_PC,
  F_PREVIOUS,
  F_SP,
  OWNED_BY_GENERATOR,
  closeRef,
  steal,
} from '../objects/interpreter-frame';
import { listAppend, listExtend, newList } from '../objects/list';
import { allocInstance } from '../objects/object';
import { newSet, setAdd, setUpdate } from '../objects/set';
import { newSlice } from '../objects/slice';
import { newInterpolation, newTemplate } from '../objects/template';
import { addTraceback } from '../objects/traceback';
import { newTuple, tupleItem, tupleItems } from '../objects/tuple';
import { isSubtype, typeLookup } from '../objects/type-lookup';
import { MarkCode } from '../trace/events';
import {
  AS_APPEND,
  AS_FLOAT,
  AS_INT,
  HAS_FORMS,
  appendForm,
  binaryForm,
  comparesLeftFirst,
  floatForm,
} from './bytecodes/adaptive';
import { SPECIAL, getMethod, loadSpecial, loadSpecialBound, loadSuperAttr, specialError } from './bytecodes/attributes';
import { dictMerge, keyedUpdate, splitKeywords, starArguments } from './bytecodes/call-ex';
import { importFrom, importName } from './bytecodes/imports';
import { intrinsic1, intrinsic2, stopIterationValue } from './bytecodes/intrinsics';
import { matchClass, matchKeys } from './bytecodes/patterns';
import {
  loadBuildClass,
  deleteGlobal,
  deleteName,
  fromNamespace,
  loadFromDictOrGlobals,
  loadGlobal,
  loadName,
  setupAnnotations,
  storeName,
  unboundLocal,
} from './bytecodes/names';
import { binaryOperator, compareNumbers, smallIntOperator, unaryOperator } from './bytecodes/operators';
import { binarySlice, formatValue, joinPieces, storeSlice, unpackEx, unpackSequence } from './bytecodes/sequences';
import { doRaise, findHandler, matchException, matchExceptionStar } from './bytecodes/unwinding';
import { FUNCTION_ATTRIBUTE_WORDS, entersInit, attributeGetter, pythonGetItem } from './bytecodes/specialize';
import { announceLine } from './announce-line';
import { enterFunction, popFrame, pushFrame } from './call';
import { enterGenerator, finishGenerator, suspendGenerator } from './generators';
import { traceException, traceUnwind } from './legacy-tracing';
import type { Interpreter } from './interpreter';
import { ENTERED, FAILED, FAILED_AGAIN, HANDED_BACK, PAUSED, RAISED, STEPPED, SWITCH } from './tier/results';
import { warmUp } from './tier/tier';

export { PAUSED } from './tier/results';

/** RESUME's kinds from here on: after `yield from`, after `await`. */
const RESUME_AFTER_YIELD_FROM = 2;

/** What the loop does when it looks up: signals, the collector, a pause. 0 go on, 1 pause, -1 exception. */
export function evalBreaker(ip: Interpreter): number {
  if (ip.interruptRequested) {
    ip.interruptRequested = false;
    ip.raiseObject('KeyboardInterrupt', ip.emptyTuple);
    return -1;
  }
  if (ip.heap.gcRequested) {
    ip.heap.gcRequested = false;
    if (ip.heap.memoryShort) return raiseMemoryError(ip);
    ip.collectRequested();
  }
  if (ip.fuel < 0) {
    if (ip.canPause && ip.loopDepth === 1) return 1;
    ip.outOfFuel?.();
  }
  return 0;
}

/** What is left of memory is for the program's handler. */
function raiseMemoryError(ip: Interpreter): number {
  ip.heap.memoryShort = false;
  ip.raiseObject('MemoryError', ip.emptyTuple);
  return -1;
}

/**
 * Runs `ip.frame` until the frame that was entered from native code ends.
 * @param throwing the current exception is raised where the frame stands
 * @returns new: the frame's value; 0 with an exception; PAUSED
 */
export function evalLoop(ip: Interpreter, throwing = false): Handle {
  const { loopDepth } = ip;
  ip.loopDepth = loopDepth + 1;
  const room = ip.tierRoom;
  const depth = ip.heap.deallocDepth;
  try {
    for (;;) {
      const r = drive(ip, throwing, 0, false);
      if (r !== SWITCH) return r;
      throwing = false;
    }
  } finally {
    ip.loopDepth = loopDepth;
    ip.tierRoom = room;
    ip.heap.deallocDepth = depth;
  }
}

/** Runs `ip.frame`, called by generated code, to its end; see TierResult. */
export function runCallee(ip: Interpreter, f: number, handedBack: boolean): number {
  const r = drive(ip, false, f, handedBack);
  return r === 0 ? RAISED : r;
}

/**
 * One instruction of a frame, for generated code that has no shorter way. STEPPED: it is done, and the frame says where
 * to go on. ENTERED: `ip.frame` is a frame that it called. FAILED: an exception is set, nothing is unwound; PAUSED.
 */
export function step(ip: Interpreter): number {
  return run(ip, false, 0, true);
}

/** Of `run`: the running frame goes on in generated code. */
const TIERED = -8;

/** The generated code for a frame about to go on at `pc`; null: the loop runs it. At its start the call is counted. */
function tierOf(ip: Interpreter, code: CodeRuntime, pc: number, counts: boolean): GeneratedCode | null {
  if (ip.traceFunction !== 0 || ip.profileFunction !== 0) return null;
  if (ip.steps?.owns(code)) return null;
  const watched = ip.heap.log !== null || ip.onLine !== null;
  const tier = counts && pc === 0 ? warmUp(ip, code, watched) : watched ? code.watchedTier : code.tier;
  return tier !== null && tier.entries[pc] !== 0 ? tier : null;
}

/**
 * Runs `ip.frame`, by turns in generated code and in the loop, which is too large a function to be entered for a frame
 * that does not need it.
 * @param base the frame whose end ends the run, too: generated code called it; 0: none
 * @param handedBack the generated code has just handed this frame back
 */
function drive(ip: Interpreter, throwing: boolean, base: number, handedBack: boolean): number {
  const { mem } = ip;
  let counted = false;
  for (;;) {
    const f = ip.frame;
    const pc = mem[f + F_PC]!;
    const tier = throwing || handedBack ? null : tierOf(ip, codeRuntime(ip, mem[f]!), pc, !counted);
    if (tier === null) {
      const r = run(ip, throwing, base, false);
      if (r !== TIERED) return r;
      throwing = handedBack = false;
      counted = true;
      continue;
    }
    counted = false;
    const flags = mem[f + F_FLAGS]!;
    const r = tier.run(f, tier.entries[pc]!);
    if (r > 0) {
      if ((flags & FLAG_ENTRY) !== 0 || f === base) return r;
      throwing = !deliver(ip, r, (flags & FLAG_INIT) !== 0);
    } else if (r === RAISED) {
      if ((flags & FLAG_ENTRY) !== 0 || f === base) return 0;
      throwing = true;
    } else if (r === PAUSED) return PAUSED;
    else if (r === SWITCH) {
      if (base !== 0) return SWITCH;
    } else handedBack = r === HANDED_BACK;
  }
}

/**
 * @param base as for `drive`
 * @param single for `step`
 */
function run(ip: Interpreter, throwing: boolean, base: number, single: boolean): number {
  const { mem, heap, types } = ip;
  const reversed = ip.facts.reverseTeardown;
  const is313 = ip.facts.name === '3.13';
  const intType = types.int.handle;
  /** The exception is being raised again: its traceback has this frame already. */
  let reraise = false;

  let stepping = single;
  let first = true;
  const stepped = ip.frame;

  frames: for (;;) {
    const f = ip.frame;
    if (single && f !== stepped) return ENTERED;
    const code: CodeRuntime = codeRuntime(ip, mem[f]!);
    const { ops, args } = code;
    let pc = mem[f + F_PC]!;
    // Of the first frame it is known.
    if (!first && !throwing && !single && tierOf(ip, code, pc, true) !== null) return TIERED;
    first = false;
    let sp = mem[f + F_SP]!;
    let op: Op = Op.NOP;
    for (;;) {
      if (throwing) {
        throwing = false;
      } else {
        if (single) {
          if (!stepping) {
            mem[f + F_PC] = pc;
            mem[f + F_SP] = sp;
            return STEPPED;
          }
          stepping = false;
        } else if ((heap.log !== null || ip.onLine !== null) && !announceLine(ip, f, code, pc, sp)) {
          mem[f + F_PC] = ++pc;
          mem[f + F_SP] = sp;
          throwing = true;
          continue;
        }
        op = ops[pc]!;
        const arg = args[pc]!;
        pc++;
        mem[f + F_PC] = pc;
        mem[f + F_SP] = sp;
        switch (op) {
          case Op.NOP:
          case Op.NOT_TAKEN:
            continue;

          case Op.RESUME: {
            if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
              // Not after `yield from` and `await`: the innermost one has looked.
              if ((arg & 3) >= RESUME_AFTER_YIELD_FROM) continue;
              const r = evalBreaker(ip);
              if (r < 0) break;
              if (r > 0) {
                mem[f + F_PC] = pc;
                return PAUSED;
              }
            }
            continue;
          }

          // ---- stack ----------------------------------------------------------------------------------------------
          case Op.POP_TOP:
          case Op.END_FOR:
          case Op.POP_ITER: {
            const ref = mem[--sp]!;
            mem[f + F_SP] = sp;
            if ((ref & BORROWED) === 0) heap.decref(ref);
            continue;
          }
          case Op.PUSH_NULL:
            mem[sp++] = 0;
            continue;
          case Op.COPY: {
            const ref = mem[sp - arg]!;
            if (ref !== 0 && (ref & BORROWED) === 0) heap.incref(ref);
            mem[sp++] = ref;
            continue;
          }
          case Op.SWAP: {
            const top = mem[sp - 1]!;
            mem[sp - 1] = mem[sp - arg]!;
            mem[sp - arg] = top;
            continue;
          }
          case Op.LOAD_CONST: {
            const h = code.consts[arg]!;
            heap.incref(h);
            mem[sp++] = h;
            continue;
          }
          case Op.LOAD_SMALL_INT:
            mem[sp++] = ip.smallInts[arg + 5]!;
            continue;
          case Op.LOAD_COMMON_CONSTANT:
            mem[sp++] = ip.newRef(ip.commonConstants[arg]!);
            continue;
          case Op.LOAD_ASSERTION_ERROR:
            mem[sp++] = types.AssertionError.handle;
            continue;

          // ---- locals ---------------------------------------------------------------------------------------------
          case Op.LOAD_FAST: {
            const ref = mem[f + F_LOCALSPLUS + arg]!;
            if ((ref & BORROWED) === 0) heap.incref(ref);
            mem[sp++] = ref;
            continue;
          }
          case Op.LOAD_FAST_BORROW:
            mem[sp++] = mem[f + F_LOCALSPLUS + arg]! | BORROWED;
            continue;
          case Op.LOAD_FAST_LOAD_FAST: {
            const a = mem[f + F_LOCALSPLUS + (arg >> 4)]!;
            if ((a & BORROWED) === 0) heap.incref(a);
            mem[sp++] = a;
            const b = mem[f + F_LOCALSPLUS + (arg & 15)]!;
            if ((b & BORROWED) === 0) heap.incref(b);
            mem[sp++] = b;
            continue;
          }
          case Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
            mem[sp++] = mem[f + F_LOCALSPLUS + (arg >> 4)]! | BORROWED;
            mem[sp++] = mem[f + F_LOCALSPLUS + (arg & 15)]! | BORROWED;
            continue;
          case Op.LOAD_FAST_CHECK: {
            const ref = mem[f + F_LOCALSPLUS + arg]!;
            if (ref === 0) {
              unboundLocal(ip, f, arg);
              break;
            }
            if ((ref & BORROWED) === 0) heap.incref(ref);
            mem[sp++] = ref;
            continue;
          }
          case Op.LOAD_FAST_AND_CLEAR:
            mem[sp++] = mem[f + F_LOCALSPLUS + arg]!;
            setLocal(ip, f, arg, 0);
            continue;
          case Op.STORE_FAST:
            storeFast(ip, f, arg, mem[--sp]!);
            continue;
          case Op.STORE_FAST_LOAD_FAST: {
            storeFast(ip, f, arg >> 4, mem[--sp]!);
            const ref = mem[f + F_LOCALSPLUS + (arg & 15)]!;
            if ((ref & BORROWED) === 0) heap.incref(ref);
            mem[sp++] = ref;
            continue;
          }
          case Op.STORE_FAST_STORE_FAST:
            storeFast(ip, f, arg >> 4, mem[--sp]!);
            storeFast(ip, f, arg & 15, mem[--sp]!);
            continue;
          case Op.DELETE_FAST: {
            const ref = mem[f + F_LOCALSPLUS + arg]!;
            if (ref === 0) {
              unboundLocal(ip, f, arg);
              break;
            }
            setLocal(ip, f, arg, 0);
            if ((ref & BORROWED) === 0) heap.decref(ref);
            continue;
          }
          case Op.MAKE_CELL: {
            const ref = mem[f + F_LOCALSPLUS + arg]!;
            setLocal(ip, f, arg, newCell(ip, ref === 0 ? 0 : steal(ip, ref)));
            continue;
          }
          case Op.COPY_FREE_VARS: {
            const closure = mem[mem[f + F_FUNC]! + FUNC_CLOSURE]!;
            const offset = code.nlocalsplus - arg;
            for (let i = 0; i < arg; i++) setLocal(ip, f, offset + i, ip.newRef(tupleItem(ip, closure, i)));
            continue;
          }
          case Op.LOAD_DEREF: {
            const v = cellValue(ip, mem[f + F_LOCALSPLUS + arg]!);
            if (v === 0) {
              unboundLocal(ip, f, arg);
              break;
            }
            heap.incref(v);
            mem[sp++] = v;
            continue;
          }
          case Op.STORE_DEREF: {
            const v = steal(ip, mem[--sp]!);
            mem[f + F_SP] = sp;
            setCell(ip, mem[f + F_LOCALSPLUS + arg]!, v);
            continue;
          }
          case Op.DELETE_DEREF: {
            const cell = mem[f + F_LOCALSPLUS + arg]!;
            if (cellValue(ip, cell) === 0) {
              unboundLocal(ip, f, arg);
              break;
            }
            setCell(ip, cell, 0);
            continue;
          }
          case Op.LOAD_FROM_DICT_OR_DEREF: {
            const ns = mem[sp - 1]!;
            const name = ip.id(code.unit.localsplusnames[arg]!);
            let v = fromNamespace(ip, ns & ~1, name);
            if (v === 0 && ip.currentException !== 0) break;
            if (v === 0) {
              v = cellValue(ip, mem[f + F_LOCALSPLUS + arg]!);
              if (v === 0) {
                unboundLocal(ip, f, arg);
                break;
              }
              heap.incref(v);
            }
            mem[sp - 1] = v;
            closeRef(ip, ns);
            continue;
          }

          // ---- names ----------------------------------------------------------------------------------------------
          case Op.LOAD_NAME: {
            const v = loadName(ip, f, code.names[arg]!);
            if (v === 0) break;
            mem[sp++] = v;
            continue;
          }
          case Op.STORE_NAME: {
            const ref = mem[sp - 1]!;
            const r = storeName(ip, f, code.names[arg]!, ref & ~BORROWED);
            mem[f + F_SP] = --sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.DELETE_NAME:
            if (deleteName(ip, f, code.names[arg]!) < 0) break;
            continue;
          case Op.LOAD_GLOBAL: {
            const v = loadGlobal(ip, f, code.names[arg >> 1]!);
            if (v === 0) break;
            mem[sp++] = v;
            if ((arg & 1) !== 0) mem[sp++] = 0;
            continue;
          }
          case Op.STORE_GLOBAL: {
            const ref = mem[--sp]!;
            const r = dictSet(ip, mem[f + F_GLOBALS]!, code.names[arg]!, ref & ~BORROWED);
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.DELETE_GLOBAL:
            if (deleteGlobal(ip, f, code.names[arg]!) < 0) break;
            continue;
          case Op.LOAD_FROM_DICT_OR_GLOBALS: {
            const ns = mem[sp - 1]!;
            const v = loadFromDictOrGlobals(ip, f, ns & ~BORROWED, code.names[arg]!);
            if (v === 0) break;
            mem[sp - 1] = v;
            closeRef(ip, ns);
            continue;
          }
          case Op.LOAD_LOCALS: {
            const locals = mem[f + F_LOCALS]!;
            if (locals === 0) {
              ip.raise('SystemError', 'no locals');
              break;
            }
            mem[sp++] = ip.newRef(locals);
            continue;
          }
          case Op.LOAD_BUILD_CLASS: {
            const h = loadBuildClass(ip, f);
            if (h === 0) break;
            mem[sp++] = h;
            continue;
          }
          case Op.SETUP_ANNOTATIONS: {
            if (setupAnnotations(ip, mem[f + F_LOCALS]!) < 0) break;
            continue;
          }

          // ---- attributes -----------------------------------------------------------------------------------------
          case Op.LOAD_ATTR: {
            const owner = mem[sp - 1]!;
            const obj = owner & ~BORROWED;
            const name = code.names[arg >> 1]!;
            if ((arg & 1) !== 0) {
              const v = getMethod(ip, obj, name);
              if (v === 0) break;
              if (ip.methodFound) {
                mem[sp - 1] = v;
                mem[sp++] = owner;
              } else {
                mem[sp - 1] = v;
                mem[sp++] = 0;
                mem[f + F_SP] = sp;
                closeRef(ip, owner);
              }
              continue;
            }
            const getter = code.warm[pc - 1] !== 0 ? attributeGetter(ip, obj, name) : 0;
            code.warm[pc - 1] = 1;
            if (getter !== 0) {
              // LOAD_ATTR_PROPERTY, LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN: the getter's frame is pushed and takes the reference over.
              heap.incref(getter);
              mem[f + F_SP] = --sp;
              const g = enterFunction(ip, getter, ip.getterWantsName ? [owner, ip.newRef(name)] : [owner], null, f);
              if (g === 0) break;
              ip.frame = g;
              continue frames;
            }
            const v = getAttr(ip, obj, name);
            if (v === 0) break;
            mem[sp - 1] = v;
            closeRef(ip, owner);
            continue;
          }
          case Op.STORE_ATTR: {
            const owner = mem[sp - 1]!;
            const value = mem[sp - 2]!;
            const r = setAttr(ip, owner & ~BORROWED, code.names[arg]!, value & ~BORROWED);
            sp -= 2;
            mem[f + F_SP] = sp;
            if (reversed) {
              closeRef(ip, owner);
              closeRef(ip, value);
            } else {
              closeRef(ip, value);
              closeRef(ip, owner);
            }
            if (r < 0) break;
            continue;
          }
          case Op.DELETE_ATTR: {
            const owner = mem[sp - 1]!;
            const r = setAttr(ip, owner & ~BORROWED, code.names[arg]!, 0);
            mem[f + F_SP] = --sp;
            closeRef(ip, owner);
            if (r < 0) break;
            continue;
          }
          case Op.LOAD_SUPER_ATTR: {
            const self = mem[sp - 1]!;
            const cls = mem[sp - 2]!;
            const sup = mem[sp - 3]!;
            const name = code.names[arg >> 2]!;
            let v: Handle;
            // The first run makes the super object; from the second on, CPython looks the method up without one.
            const warm = code.warm[pc - 1] !== 0;
            code.warm[pc - 1] = 1;
            if (warm && (sup & ~1) === types.super.handle && (cls & ~1) !== 0) {
              v = loadSuperAttr(ip, cls & ~1, self & ~1, name, (arg & 1) !== 0);
            } else {
              const s = ip.call(sup & ~1, (arg & 2) !== 0 ? [cls & ~1, self & ~1] : []);
              v = s === 0 ? 0 : getAttr(ip, s, name);
              ip.methodFound = false;
              ip.xdecref(s);
            }
            if (v === 0) break;
            const found = ip.methodFound;
            mem[sp - 3] = v;
            sp -= 2;
            if ((arg & 1) !== 0) mem[sp++] = found ? self : 0;
            mem[f + F_SP] = sp;
            closeRef(ip, sup);
            closeRef(ip, cls);
            if ((arg & 1) === 0 || !found) closeRef(ip, self);
            continue;
          }
          case Op.LOAD_SPECIAL: {
            const owner = mem[sp - 1]!;
            const obj = owner & ~BORROWED;
            const name = SPECIAL[arg]!;
            const v = loadSpecial(ip, obj, name, () => specialError(ip, obj, arg));
            if (v === 0) break;
            mem[sp - 1] = v;
            if (ip.methodFound) mem[sp++] = owner;
            else {
              mem[sp++] = 0;
              mem[f + F_SP] = sp;
              closeRef(ip, owner);
            }
            continue;
          }

          // ---- operators ------------------------------------------------------------------------------------------
          case Op.BINARY_OP: {
            const b = mem[sp - 1]!;
            const a = mem[sp - 2]!;
            const ha = a & ~BORROWED;
            const hb = b & ~BORROWED;
            const form = HAS_FORMS[arg] === 0 ? 0 : binaryForm(ip, f, code, pc - 1, ha, hb);
            if (areSmallInts(mem, intType, ha, hb)) {
              const r = smallIntOperator(ip, mem[ha + INT_VALUE]!, mem[hb + INT_VALUE]!, arg);
              if (r !== 0) {
                sp -= 2;
                mem[sp++] = r;
                mem[f + F_SP] = sp;
                if (form === AS_INT) {
                  if ((b & BORROWED) === 0) heap.decref(b);
                  if ((a & BORROWED) === 0) heap.decref(a);
                } else {
                  if ((a & BORROWED) === 0) heap.decref(a);
                  if ((b & BORROWED) === 0) heap.decref(b);
                }
                continue;
              }
            } else if (form === AS_FLOAT) {
              sp -= 2;
              mem[f + F_SP] = sp;
              mem[sp++] = floatForm(ip, a, b, arg);
              mem[f + F_SP] = sp;
              continue;
            } else if (form === AS_APPEND) {
              sp -= 2;
              mem[f + F_SP] = sp;
              if (!appendForm(ip, f, code.args[pc]!, a, b)) break;
              // The STORE_FAST is done.
              pc++;
              continue;
            }
            if (arg === 26) {
              const getitem = code.warm[pc - 1] !== 0 ? pythonGetItem(ip, a & ~1) : 0;
              code.warm[pc - 1] = 1;
              if (getitem !== 0) {
                heap.incref(getitem);
                sp -= 2;
                mem[f + F_SP] = sp;
                const g = enterFunction(ip, getitem, [a, b], null, f);
                if (g === 0) break;
                ip.frame = g;
                continue frames;
              }
            }
            const r = binaryOperator(ip, a & ~BORROWED, b & ~BORROWED, arg);
            // 3.14 leaves the operands of a failure to the unwinding, which takes them from the top.
            if (r === 0 && !is313) break;
            sp -= 2;
            if (r !== 0) mem[sp++] = r;
            mem[f + F_SP] = sp;
            closeRef(ip, form === AS_INT ? b : a);
            closeRef(ip, form === AS_INT ? a : b);
            if (r === 0) break;
            continue;
          }
          case Op.BINARY_SUBSCR: {
            const key = mem[sp - 1]!;
            const obj = mem[sp - 2]!;
            const getitem = code.warm[pc - 1] !== 0 ? pythonGetItem(ip, obj & ~1) : 0;
            code.warm[pc - 1] = 1;
            if (getitem !== 0) {
              heap.incref(getitem);
              sp -= 2;
              mem[f + F_SP] = sp;
              const g = enterFunction(ip, getitem, [obj, key], null, f);
              if (g === 0) break;
              ip.frame = g;
              continue frames;
            }
            const r = binaryOperator(ip, obj & ~BORROWED, key & ~BORROWED, 26);
            sp -= 2;
            if (r !== 0) mem[sp++] = r;
            mem[f + F_SP] = sp;
            closeRef(ip, obj);
            closeRef(ip, key);
            if (r === 0) break;
            continue;
          }
          case Op.BINARY_SLICE: {
            const stop = mem[sp - 1]!;
            const start = mem[sp - 2]!;
            const container = mem[sp - 3]!;
            const r = binarySlice(ip, container & ~1, start & ~1, stop & ~1);
            sp -= 3;
            if (r !== 0) mem[sp++] = r;
            mem[f + F_SP] = sp;
            closeRef(ip, start);
            closeRef(ip, stop);
            closeRef(ip, container);
            if (r === 0) break;
            continue;
          }
          case Op.STORE_SUBSCR: {
            const key = mem[sp - 1]!;
            const obj = mem[sp - 2]!;
            const value = mem[sp - 3]!;
            const r = setItem(ip, obj & ~1, key & ~1, value & ~1);
            sp -= 3;
            mem[f + F_SP] = sp;
            if (reversed) {
              closeRef(ip, key);
              closeRef(ip, obj);
              closeRef(ip, value);
            } else {
              closeRef(ip, value);
              closeRef(ip, obj);
              closeRef(ip, key);
            }
            if (r < 0) break;
            continue;
          }
          case Op.STORE_SLICE: {
            const stop = mem[sp - 1]!;
            const start = mem[sp - 2]!;
            const container = mem[sp - 3]!;
            const value = mem[sp - 4]!;
            const r = storeSlice(ip, container & ~1, start & ~1, stop & ~1, value & ~1);
            sp -= 4;
            mem[f + F_SP] = sp;
            closeRef(ip, start);
            closeRef(ip, stop);
            closeRef(ip, is313 ? value : container);
            closeRef(ip, is313 ? container : value);
            if (r < 0) break;
            continue;
          }
          case Op.DELETE_SUBSCR: {
            const key = mem[sp - 1]!;
            const obj = mem[sp - 2]!;
            const r = setItem(ip, obj & ~1, key & ~1, 0);
            sp -= 2;
            mem[f + F_SP] = sp;
            if (reversed) {
              closeRef(ip, key);
              closeRef(ip, obj);
            } else {
              closeRef(ip, obj);
              closeRef(ip, key);
            }
            if (r < 0) break;
            continue;
          }
          case Op.UNARY_NEGATIVE:
          case Op.UNARY_INVERT: {
            const ref = mem[sp - 1]!;
            const r = unaryOperator(ip, ref & ~1, op === Op.UNARY_NEGATIVE ? 'nb_negative' : 'nb_invert');
            if (r === 0) break;
            mem[sp - 1] = r;
            closeRef(ip, ref);
            continue;
          }
          case Op.UNARY_NOT:
            mem[sp - 1] = mem[sp - 1] === ip.True ? ip.False : ip.True;
            continue;
          case Op.TO_BOOL: {
            const ref = mem[sp - 1]!;
            const t = isTrue(ip, ref & ~BORROWED);
            if (t < 0) break;
            mem[sp - 1] = t === 1 ? ip.True : ip.False;
            closeRef(ip, ref);
            continue;
          }
          case Op.COMPARE_OP: {
            const b = mem[sp - 1]!;
            const a = mem[sp - 2]!;
            const ha = a & ~BORROWED;
            const hb = b & ~BORROWED;
            if (areSmallInts(mem, intType, ha, hb)) {
              sp -= 2;
              mem[sp] = compareNumbers(mem[ha + INT_VALUE]!, mem[hb + INT_VALUE]!, arg >> 5) ? ip.True : ip.False;
              mem[f + F_SP] = ++sp;
              if (reversed && (mem[ha] !== 1 || mem[hb] !== 1 || !comparesLeftFirst(ip, code, pc - 1, ha, hb))) {
                closeRef(ip, b);
                closeRef(ip, a);
              } else {
                closeRef(ip, a);
                closeRef(ip, b);
              }
              continue;
            }
            let r = richCompare(ip, a & ~BORROWED, b & ~BORROWED, (arg >> 5) as CompareOp);
            sp -= 2;
            mem[f + F_SP] = sp;
            if (reversed && (mem[ha] !== 1 || mem[hb] !== 1 || !comparesLeftFirst(ip, code, pc - 1, ha, hb))) {
              closeRef(ip, b);
              closeRef(ip, a);
            } else {
              closeRef(ip, a);
              closeRef(ip, b);
            }
            if (r === 0) break;
            if ((arg & 16) !== 0 && r !== ip.True && r !== ip.False) {
              const t = isTrue(ip, r);
              heap.decref(r);
              if (t < 0) break;
              r = ip.bool(t === 1);
            }
            mem[sp++] = r;
            continue;
          }
          case Op.IS_OP: {
            const b = mem[sp - 1]!;
            const a = mem[sp - 2]!;
            const same = (a & ~1) === (b & ~1);
            sp -= 2;
            mem[sp++] = same === (arg === 0) ? ip.True : ip.False;
            mem[f + F_SP] = sp;
            if (reversed) {
              closeRef(ip, b);
              closeRef(ip, a);
            } else {
              closeRef(ip, a);
              closeRef(ip, b);
            }
            continue;
          }
          case Op.CONTAINS_OP: {
            const container = mem[sp - 1]!;
            const item = mem[sp - 2]!;
            const r = contains(ip, container & ~1, item & ~1);
            sp -= 2;
            mem[f + F_SP] = sp;
            if (reversed) {
              closeRef(ip, container);
              closeRef(ip, item);
            } else {
              closeRef(ip, item);
              closeRef(ip, container);
            }
            if (r < 0) break;
            mem[sp++] = (r === 1) === (arg === 0) ? ip.True : ip.False;
            continue;
          }

          // ---- building -------------------------------------------------------------------------------------------
          case Op.BUILD_TUPLE: {
            const items: Handle[] = new Array(arg);
            for (let i = 0; i < arg; i++) items[i] = steal(ip, mem[sp - arg + i]!);
            sp -= arg;
            mem[sp++] = newTuple(ip, items);
            continue;
          }
          case Op.BUILD_LIST: {
            const items: Handle[] = new Array(arg);
            for (let i = 0; i < arg; i++) items[i] = steal(ip, mem[sp - arg + i]!);
            sp -= arg;
            mem[sp++] = newList(ip, items);
            continue;
          }
          case Op.BUILD_SET: {
            const s = newSet(ip);
            let r = 0;
            for (let i = 0; i < arg; i++) {
              const item = steal(ip, mem[sp - arg + i]!);
              if (r === 0) r = setAdd(ip, s, item);
              heap.decref(item);
            }
            sp -= arg;
            mem[f + F_SP] = sp;
            if (r < 0) {
              heap.decref(s);
              break;
            }
            mem[sp++] = s;
            continue;
          }
          case Op.BUILD_MAP: {
            const d = newDict(ip);
            const base = sp - 2 * arg;
            let r = 0;
            for (let i = 0; i < arg && r === 0; i++)
              r = dictSet(ip, d, mem[base + 2 * i]! & ~1, mem[base + 2 * i + 1]! & ~1);
            sp = base;
            mem[f + F_SP] = sp;
            closeMany(ip, base, 2 * arg);
            if (r < 0) {
              heap.decref(d);
              break;
            }
            mem[sp++] = d;
            continue;
          }
          case Op.BUILD_CONST_KEY_MAP: {
            const keys = mem[sp - 1]! & ~1;
            const base = sp - 1 - arg;
            const d = newDict(ip);
            let r = 0;
            for (let i = 0; i < arg && r === 0; i++) r = dictSet(ip, d, tupleItem(ip, keys, i), mem[base + i]! & ~1);
            sp = base;
            mem[f + F_SP] = sp;
            closeMany(ip, base, arg + 1);
            if (r < 0) {
              heap.decref(d);
              break;
            }
            mem[sp++] = d;
            continue;
          }
          case Op.BUILD_STRING: {
            const base = sp - arg;
            const s = joinPieces(ip, base, arg);
            sp = base;
            mem[f + F_SP] = sp;
            closeMany(ip, base, arg);
            mem[sp++] = s;
            continue;
          }
          case Op.BUILD_SLICE: {
            const step = arg === 3 ? mem[sp - 1]! : ip.None;
            const base = sp - arg;
            const s = newSlice(ip, mem[base]! & ~1, mem[base + 1]! & ~1, step & ~1);
            sp = base;
            mem[f + F_SP] = sp;
            closeMany(ip, base, arg);
            mem[sp++] = s;
            continue;
          }
          case Op.LIST_APPEND: {
            const ref = mem[--sp]!;
            listAppend(ip, mem[sp - arg]! & ~1, ref & ~1);
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            continue;
          }
          case Op.LIST_EXTEND: {
            const ref = mem[sp - 1]!;
            const iterable = ref & ~1;
            let r = listExtend(ip, mem[sp - 1 - arg]! & ~1, iterable);
            if (
              r < 0 &&
              ip.errorMatches('TypeError') &&
              ip.tp(iterable).tp_iter === null &&
              ip.tp(iterable).sq_item === null
            ) {
              ip.clearError();
              ip.raise('TypeError', `Value after * must be an iterable, not ${typeName(ip, iterable)}`);
              r = -1;
            }
            mem[f + F_SP] = --sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.SET_ADD: {
            const ref = mem[--sp]!;
            const r = setAdd(ip, mem[sp - arg]! & ~1, ref & ~1);
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.SET_UPDATE: {
            const ref = mem[sp - 1]!;
            const r = setUpdate(ip, mem[sp - 1 - arg]! & ~1, ref & ~1);
            mem[f + F_SP] = --sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.MAP_ADD: {
            const value = mem[sp - 1]!;
            const key = mem[sp - 2]!;
            sp -= 2;
            const r = dictSet(ip, mem[sp - arg]! & ~1, key & ~1, value & ~1);
            mem[f + F_SP] = sp;
            closeRef(ip, key);
            closeRef(ip, value);
            if (r < 0) break;
            continue;
          }
          case Op.DICT_UPDATE: {
            const ref = mem[sp - 1]!;
            const r = keyedUpdate(ip, mem[sp - 1 - arg]! & ~1, ref & ~1);
            mem[f + F_SP] = --sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.DICT_MERGE: {
            const ref = mem[sp - 1]!;
            const callable = mem[sp - 4 - arg]! & ~1;
            const r = dictMerge(ip, mem[sp - 1 - arg]! & ~1, ref & ~1, callable);
            mem[f + F_SP] = --sp;
            closeRef(ip, ref);
            if (r < 0) break;
            continue;
          }
          case Op.UNPACK_SEQUENCE: {
            const ref = mem[sp - 1]!;
            const items = unpackSequence(ip, ref & ~1, arg);
            mem[f + F_SP] = --sp;
            if (items === null) {
              closeRef(ip, ref);
              break;
            }
            for (let i = arg - 1; i >= 0; i--) mem[sp++] = items[i]!;
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            continue;
          }
          case Op.UNPACK_EX: {
            const ref = mem[sp - 1]!;
            const items = unpackEx(ip, ref & ~1, arg & 0xff, arg >> 8);
            mem[f + F_SP] = --sp;
            if (items === null) {
              closeRef(ip, ref);
              break;
            }
            for (let i = items.length - 1; i >= 0; i--) mem[sp++] = items[i]!;
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            continue;
          }
          case Op.CONVERT_VALUE: {
            const ref = mem[sp - 1]!;
            const r = arg === 1 ? str(ip, ref & ~1) : arg === 2 ? repr(ip, ref & ~1) : ascii(ip, ref & ~1);
            if (r === 0) break;
            mem[sp - 1] = r;
            closeRef(ip, ref);
            continue;
          }
          case Op.FORMAT_SIMPLE: {
            const ref = mem[sp - 1]!;
            const r = formatValue(ip, ref & ~1, 0);
            if (r === 0) break;
            mem[sp - 1] = r;
            closeRef(ip, ref);
            continue;
          }
          case Op.FORMAT_WITH_SPEC: {
            const spec = mem[sp - 1]!;
            const ref = mem[sp - 2]!;
            const r = formatValue(ip, ref & ~1, spec & ~1);
            sp -= 2;
            if (r !== 0) mem[sp++] = r;
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            closeRef(ip, spec);
            if (r === 0) break;
            continue;
          }

          // ---- jumps ----------------------------------------------------------------------------------------------
          case Op.JUMP_FORWARD:
          case Op.JUMP_BACKWARD_NO_INTERRUPT:
            pc = arg;
            continue;
          case Op.JUMP_BACKWARD: {
            pc = arg;
            if (ip.onLine !== null || heap.log !== null) mem[f + F_FLAGS] = mem[f + F_FLAGS]! & ((1 << FLAG_BITS) - 1);
            if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
              mem[f + F_PC] = pc;
              const r = evalBreaker(ip);
              if (r < 0) {
                mem[f + F_PC] = ++pc;
                break;
              }
              if (r > 0) {
                mem[f + F_PC] = pc;
                return PAUSED;
              }
            }
            if (ip.traceFunction !== 0 || ip.profileFunction !== 0 || ip.steps?.owns(code)) continue;
            const tier = warmUp(ip, code, heap.log !== null || ip.onLine !== null);
            if (tier !== null && tier.entries[pc] !== 0) {
              mem[f + F_PC] = pc;
              continue frames;
            }
            continue;
          }
          case Op.POP_JUMP_IF_TRUE:
            if (mem[--sp] === ip.True) pc = arg;
            continue;
          case Op.POP_JUMP_IF_FALSE:
            if (mem[--sp] === ip.False) pc = arg;
            continue;
          case Op.POP_JUMP_IF_NONE: {
            const ref = mem[--sp]!;
            if ((ref & ~1) === ip.None) pc = arg;
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            continue;
          }
          case Op.POP_JUMP_IF_NOT_NONE: {
            const ref = mem[--sp]!;
            if ((ref & ~1) !== ip.None) pc = arg;
            mem[f + F_SP] = sp;
            closeRef(ip, ref);
            continue;
          }

          // ---- iteration ------------------------------------------------------------------------------------------
          case Op.GET_ITER: {
            const ref = mem[sp - 1]!;
            const it = getIter(ip, ref & ~1);
            if (it === 0) {
              mem[f + F_SP] = --sp;
              closeRef(ip, ref);
              break;
            }
            mem[sp - 1] = it;
            closeRef(ip, ref);
            continue;
          }
          case Op.FOR_ITER: {
            const it = mem[sp - 1]! & ~BORROWED;
            if (mem[it + 1] === types.generator.handle && mem[it + GEN_STATE]! < 0) {
              if (enterGenerator(ip, it, ip.None, 0) === 0) break;
              continue frames;
            }
            const v = ip.tp(it).tp_iternext!(ip, it);
            if (v !== 0) {
              mem[sp++] = v;
              continue;
            }
            if (ip.currentException !== 0) {
              if (!ip.errorMatches('StopIteration')) break;
              if (ip.onLine !== null) traceException(ip, f);
              if (!ip.errorMatches('StopIteration')) break;
              ip.clearError();
            }
            // 3.13 drops the iterator here and skips END_FOR and POP_TOP; 3.14 leaves it for POP_ITER.
            if (is313) {
              const ref = mem[--sp]!;
              mem[f + F_SP] = sp;
              pc = arg + 2;
              closeRef(ip, ref);
            } else pc = arg + 1;
            continue;
          }
          case Op.GET_YIELD_FROM_ITER: {
            const ref = mem[sp - 1]!;
            const h = ref & ~1;
            if (ip.is(h, types.generator) || ip.is(h, types.coroutine)) {
              if (ip.is(h, types.coroutine) && (code.unit.flags & (CO_COROUTINE | 0x100)) === 0) {
                ip.raise('TypeError', "cannot 'yield from' a coroutine object in a non-coroutine generator");
                break;
              }
              continue;
            }
            const it = getIter(ip, h);
            if (it === 0) break;
            mem[sp - 1] = it;
            closeRef(ip, ref);
            continue;
          }
          case Op.SEND: {
            const value = mem[sp - 1]!;
            const receiver = mem[sp - 2]! & ~1;
            const isGenerator = ip.is(receiver, types.generator) || ip.is(receiver, types.coroutine);
            if (isGenerator && mem[receiver + GEN_STATE]! < 0) {
              if (mem[receiver + GEN_STATE] !== GEN_CREATED || (value & ~1) === ip.None) {
                mem[f + F_SP] = --sp;
                if (enterGenerator(ip, receiver, steal(ip, value), 0) === 0) break;
                continue frames;
              }
            }
            let r: Handle;
            if (isGenerator) r = generatorSend(ip, receiver, value & ~1);
            else if ((value & ~1) === ip.None && ip.tp(receiver).tp_iternext !== null)
              r = ip.tp(receiver).tp_iternext!(ip, receiver);
            else {
              const send = getAttr(ip, receiver, ip.id('send'));
              r = send === 0 ? 0 : ip.call(send, [value & ~1]);
              ip.xdecref(send);
            }
            if (r === 0) {
              if (ip.currentException !== 0) {
                if (!ip.errorMatches('StopIteration')) break;
                if (ip.onLine !== null) traceException(ip, f);
                if (!ip.errorMatches('StopIteration')) break;
              }
              r = stopIterationValue(ip);
              pc = arg;
            }
            mem[sp - 1] = r;
            closeRef(ip, value);
            continue;
          }
          case Op.END_SEND: {
            const value = mem[sp - 1]!;
            const receiver = mem[sp - 2]!;
            mem[sp - 2] = value;
            mem[f + F_SP] = --sp;
            closeRef(ip, receiver);
            continue;
          }
          case Op.YIELD_VALUE: {
            const value = steal(ip, mem[--sp]!);
            mem[f + F_SP] = sp;
            const entry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
            suspendGenerator(ip, f);
            if (entry) {
              ip.yielded = true;
              return value;
            }
            if (f === base) return value;
            pushResult(ip, value);
            continue frames;
          }
          case Op.RETURN_GENERATOR: {
            const flags = code.unit.flags;
            const kind =
              (flags & CO_COROUTINE) !== 0
                ? 'coroutine'
                : (flags & CO_ASYNC_GENERATOR) !== 0
                  ? 'async_generator'
                  : 'generator';
            const gen = newGenerator(ip, f, kind);
            const previous = mem[f + F_PREVIOUS]!;
            const entry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
            ip.dataTop = f;
            ip.recursionDepth--;
            if (entry) return gen;
            ip.frame = previous;
            if (f === base) return gen;
            pushResult(ip, gen);
            continue frames;
          }
          case Op.RETURN_VALUE: {
            const value = steal(ip, mem[--sp]!);
            mem[f + F_SP] = sp;
            const isInit = (mem[f + F_FLAGS]! & FLAG_INIT) !== 0;
            if (leave(ip, f, true) || f === base) return value;
            throwing = !deliver(ip, value, isInit);
            continue frames;
          }
          case Op.RETURN_CONST: {
            const value = ip.newRef(code.consts[arg]!);
            const isInit = (mem[f + F_FLAGS]! & FLAG_INIT) !== 0;
            if (leave(ip, f, true) || f === base) return value;
            throwing = !deliver(ip, value, isInit);
            continue frames;
          }
          case Op.CLEANUP_THROW: {
            const exc = mem[sp - 1]! & ~1;
            if (!isSubtype(ip, ip.tp(exc), types.StopIteration)) {
              ip.restoreError(ip.newRef(exc));
              reraise = true;
              break;
            }
            const value = ip.newRef(mem[exc + EXC_EXTRA]! || ip.None);
            const [a, b, c] = [mem[sp - 3]!, mem[sp - 2]!, mem[sp - 1]!];
            mem[sp - 3] = ip.None;
            mem[sp - 2] = value;
            mem[f + F_SP] = --sp;
            closeRef(ip, a);
            closeRef(ip, b);
            closeRef(ip, c);
            continue;
          }

          // ---- exceptions -----------------------------------------------------------------------------------------
          case Op.RAISE_VARARGS: {
            const cause = arg === 2 ? steal(ip, mem[--sp]!) : 0;
            const exc = arg >= 1 ? steal(ip, mem[--sp]!) : 0;
            mem[f + F_SP] = sp;
            reraise = doRaise(ip, exc, cause);
            break;
          }
          case Op.RERAISE: {
            const exc = steal(ip, mem[--sp]!);
            mem[f + F_SP] = sp;
            if (arg !== 0) {
              // The instruction that the exception came from, for its line.
              const lasti = mem[sp - arg]! & ~1;
              mem[f + F_PC] = mem[lasti + 2]! + 1;
            }
            ip.restoreError(exc);
            reraise = true;
            break;
          }
          case Op.PUSH_EXC_INFO: {
            const top = ip.excItems.length - 1;
            const exc = mem[sp - 1]!;
            const previous = ip.excItems[top]!;
            mem[sp - 1] = previous === 0 ? ip.None : previous;
            mem[sp++] = exc;
            ip.excItems[top] = ip.newRef(exc & ~BORROWED);
            continue;
          }
          case Op.POP_EXCEPT: {
            const ref = steal(ip, mem[--sp]!);
            mem[f + F_SP] = sp;
            const top = ip.excItems.length - 1;
            const old = ip.excItems[top]!;
            ip.excItems[top] = ref === ip.None ? 0 : ref;
            if (old !== 0) heap.decref(old);
            continue;
          }
          case Op.CHECK_EXC_MATCH: {
            const type = mem[sp - 1]!;
            const r = matchException(ip, mem[sp - 2]! & ~1, type & ~1);
            if (r < 0) break;
            mem[sp - 1] = ip.bool(r === 1);
            closeRef(ip, type);
            continue;
          }
          case Op.CHECK_EG_MATCH: {
            const type = mem[sp - 1]!;
            const exc = mem[sp - 2]!;
            const parts = matchExceptionStar(ip, exc & ~1, type & ~1);
            if (parts === null) break;
            mem[sp - 2] = parts[1];
            mem[sp - 1] = parts[0];
            if (parts[0] !== ip.None) ip.setHandledException(ip.newRef(parts[0]));
            closeRef(ip, exc);
            closeRef(ip, type);
            continue;
          }
          case Op.WITH_EXCEPT_START: {
            const exc = mem[sp - 1]! & ~1;
            const tb = mem[exc + EXC_TRACEBACK]! || ip.None;
            const exit = is313 ? mem[sp - 4]! & ~1 : mem[sp - 5]! & ~1;
            const self = is313 ? 0 : mem[sp - 4]! & ~1;
            const passed = [ip.mem[exc + 1]!, exc, tb];
            const r = ip.call(exit, self === 0 ? passed : [self, ...passed]);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.BEFORE_WITH: {
            const ref = mem[sp - 1]!;
            const mgr = ref & ~1;
            const message = (what: string) => () =>
              `'${typeName(ip, mgr)}' object does not support the context manager protocol${what}`;
            const enter = loadSpecialBound(ip, mgr, '__enter__', message(''));
            if (enter === 0) break;
            const exit = loadSpecialBound(ip, mgr, '__exit__', message(' (missed __exit__ method)'));
            if (exit === 0) {
              heap.decref(enter);
              break;
            }
            mem[sp - 1] = exit;
            closeRef(ip, ref);
            const r = ip.call(enter, []);
            heap.decref(enter);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }

          // ---- calls ----------------------------------------------------------------------------------------------
          case Op.CALL: {
            const base = sp - arg - 2;
            let callable = mem[base]! & ~BORROWED;
            let n = arg;
            let first = base + 2;
            if (mem[base + 1] !== 0) {
              n++;
              first--;
            } else if (ip.is(callable, types.method)) {
              callable = takeMethodApart(ip, base);
              n++;
              first--;
            }
            const warm = code.warm[pc - 1] !== 0;
            code.warm[pc - 1] = 1;
            if (ip.is(callable, types.function)) {
              const func = steal(ip, mem[base]!);
              const target = codeRuntime(ip, mem[func + FUNC_CODE]!);
              const u = target.unit;
              if (u.argcount === n && u.kwonlyargcount === 0 && (u.flags & 0xc) === 0) {
                const g = pushFrame(ip, func, target, f);
                if (g === 0) {
                  mem[f + F_SP] = sp = base;
                  heap.decref(func);
                  closeMany(ip, first, n);
                  break;
                }
                for (let i = 0; i < n; i++) mem[g + F_LOCALSPLUS + i] = mem[first + i]!;
                mem[f + F_SP] = base;
                ip.frame = g;
                continue frames;
              }
              const refs: number[] = [];
              for (let i = 0; i < n; i++) refs.push(mem[first + i]!);
              mem[f + F_SP] = sp = base;
              const g = enterFunction(ip, func, refs, null, f);
              if (g === 0) break;
              ip.frame = g;
              continue frames;
            }
            if (warm && entersInit(ip, callable)) {
              // CALL_ALLOC_AND_ENTER_INIT: the instance waits on the stack while __init__ runs in its own frame.
              const type = callable;
              const init = typeLookup(ip, ip.slotsOfType(type), ip.id('__init__'));
              const self = allocInstance(ip, ip.slotsOfType(type));
              const refs: number[] = [ip.newRef(self)];
              for (let i = 0; i < n; i++) refs.push(mem[first + i]!);
              closeRef(ip, mem[base]!);
              mem[base] = self;
              mem[f + F_SP] = sp = base + 1;
              const g = enterFunction(ip, ip.newRef(init), refs, null, f);
              if (g === 0) break;
              mem[g + F_FLAGS] = FLAG_INIT;
              // CPython pushes a frame of its own below __init__'s (_CREATE_INIT_FRAME).
              ip.recursionDepth++;
              ip.frame = g;
              continue frames;
            }
            const values: Handle[] = [];
            for (let i = 0; i < n; i++) values.push(mem[first + i]! & ~BORROWED);
            const r = ip.call(callable, values);
            // The result takes the callable's place only after the arguments are gone.
            mem[f + F_SP] = sp = base;
            closeCall(ip, base, first, n);
            if (r === 0) break;
            mem[sp++] = r;
            if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
              mem[f + F_SP] = sp;
              const b = evalBreaker(ip);
              if (b < 0) break;
              if (b > 0) {
                mem[f + F_PC] = pc;
                return PAUSED;
              }
            }
            continue;
          }
          case Op.CALL_KW: {
            const namesRef = mem[sp - 1]!;
            const kwnames = tupleItems(ip, namesRef & ~1);
            const base = sp - arg - 3;
            let callable = mem[base]! & ~1;
            let n = arg;
            let first = base + 2;
            if (mem[base + 1] !== 0) {
              n++;
              first--;
            } else if (ip.is(callable, types.method)) {
              callable = takeMethodApart(ip, base);
              n++;
              first--;
            }
            if (ip.is(callable, types.function)) {
              const func = steal(ip, mem[base]!);
              const refs: number[] = [];
              for (let i = 0; i < n; i++) refs.push(mem[first + i]!);
              mem[f + F_SP] = sp = base;
              const g = enterFunction(ip, func, refs, kwnames, f);
              closeRef(ip, namesRef);
              if (g === 0) break;
              ip.frame = g;
              continue frames;
            }
            const values: Handle[] = [];
            for (let i = 0; i < n; i++) values.push(mem[first + i]! & ~1);
            const r = ip.call(callable, values, kwnames);
            mem[f + F_SP] = sp = base;
            closeRef(ip, namesRef);
            closeCall(ip, base, first, n);
            if (r === 0) break;
            mem[sp++] = r;
            if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
              mem[f + F_SP] = sp;
              const b = evalBreaker(ip);
              if (b < 0) break;
              if (b > 0) {
                mem[f + F_PC] = pc;
                return PAUSED;
              }
            }
            continue;
          }
          case Op.CALL_FUNCTION_EX: {
            const hasKw = !is313 || (arg & 1) !== 0;
            const kwRef = hasKw ? mem[sp - 1]! : 0;
            const argsIndex = sp - (hasKw ? 2 : 1);
            const base = argsIndex - 2;
            let callargs = mem[argsIndex]! & ~1;
            if (!ip.is(callargs, types.tuple)) {
              const t = starArguments(ip, callargs, mem[base]! & ~1);
              if (t === 0) break;
              closeRef(ip, mem[argsIndex]!);
              mem[argsIndex] = t;
              callargs = t;
            }
            const values = tupleItems(ip, callargs);
            const kwnames: Handle[] = [];
            if (kwRef !== 0 && !splitKeywords(ip, kwRef & ~1, kwnames, values)) break;
            const callable = mem[base]! & ~1;
            if (ip.is(callable, types.function)) {
              for (const v of values) heap.incref(v);
              const func = steal(ip, mem[base]!);
              const argsRef = mem[argsIndex]!;
              mem[f + F_SP] = sp = base;
              const g = enterFunction(ip, func, [...values], kwnames.length > 0 ? kwnames : null, f);
              closeRef(ip, argsRef);
              if (kwRef !== 0) closeRef(ip, kwRef);
              if (g === 0) break;
              ip.frame = g;
              continue frames;
            }
            const r = ip.callWithTuple(callable, [...values], kwnames.length > 0 ? kwnames : null, callargs);
            const funcRef = mem[base]!;
            const argsRef = mem[argsIndex]!;
            mem[f + F_SP] = sp = base;
            if (reversed) {
              if (kwRef !== 0) closeRef(ip, kwRef);
              closeRef(ip, argsRef);
              closeRef(ip, funcRef);
            } else {
              closeRef(ip, funcRef);
              closeRef(ip, argsRef);
              if (kwRef !== 0) closeRef(ip, kwRef);
            }
            if (r === 0) break;
            mem[sp++] = r;
            if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
              mem[f + F_SP] = sp;
              const b = evalBreaker(ip);
              if (b < 0) break;
              if (b > 0) {
                mem[f + F_PC] = pc;
                return PAUSED;
              }
            }
            continue;
          }
          case Op.MAKE_FUNCTION: {
            const ref = mem[sp - 1]!;
            mem[sp - 1] = newFunction(ip, ref & ~1, mem[f + F_GLOBALS]!, mem[f + F_BUILTINS]!);
            closeRef(ip, ref);
            continue;
          }
          case Op.SET_FUNCTION_ATTRIBUTE: {
            const func = mem[sp - 1]!;
            const value = steal(ip, mem[sp - 2]!);
            heap.setRef((func & ~1) + FUNCTION_ATTRIBUTE_WORDS[arg]!, value);
            mem[sp - 2] = func;
            mem[f + F_SP] = --sp;
            continue;
          }
          case Op.CALL_INTRINSIC_1: {
            const ref = mem[sp - 1]!;
            const r = intrinsic1(ip, f, arg, ref & ~1);
            if (r === 0) break;
            mem[sp - 1] = r;
            closeRef(ip, ref);
            continue;
          }
          case Op.CALL_INTRINSIC_2: {
            const b = mem[sp - 1]!;
            const a = mem[sp - 2]!;
            const r = intrinsic2(ip, arg, a & ~1, b & ~1);
            if (r === 0) break;
            mem[sp - 2] = r;
            mem[f + F_SP] = --sp;
            closeRef(ip, a);
            closeRef(ip, b);
            continue;
          }

          // ---- imports and patterns -------------------------------------------------------------------------------
          case Op.IMPORT_NAME: {
            const fromlist = mem[sp - 1]!;
            const level = mem[sp - 2]!;
            const r = importName(ip, f, code.names[arg]!, fromlist & ~1, level & ~1);
            sp -= 2;
            mem[f + F_SP] = sp;
            closeRef(ip, level);
            closeRef(ip, fromlist);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.IMPORT_FROM: {
            const r = importFrom(ip, mem[sp - 1]! & ~1, code.names[arg]!);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.GET_LEN: {
            const n = length(ip, mem[sp - 1]! & ~1);
            if (n < 0) break;
            mem[sp++] = intFromNumber(ip, n);
            continue;
          }
          case Op.MATCH_MAPPING:
            mem[sp] = ip.bool((ip.tp(mem[sp - 1]! & ~1).flags & TPFLAGS.MAPPING) !== 0);
            sp++;
            continue;
          case Op.MATCH_SEQUENCE:
            mem[sp] = ip.bool((ip.tp(mem[sp - 1]! & ~1).flags & TPFLAGS.SEQUENCE) !== 0);
            sp++;
            continue;
          case Op.MATCH_KEYS: {
            const r = matchKeys(ip, mem[sp - 2]! & ~1, mem[sp - 1]! & ~1);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.MATCH_CLASS: {
            const [subject, type, names] = [mem[sp - 3]!, mem[sp - 2]!, mem[sp - 1]!];
            const r = matchClass(ip, subject & ~1, type & ~1, arg, names & ~1);
            if (r === 0) break;
            sp -= 3;
            mem[sp++] = r;
            mem[f + F_SP] = sp;
            closeRef(ip, subject);
            closeRef(ip, type);
            closeRef(ip, names);
            continue;
          }
          case Op.GET_AITER: {
            const ref = mem[sp - 1]!;
            const it = getAiter(ip, ref & ~1);
            if (it === 0) break;
            mem[sp - 1] = it;
            closeRef(ip, ref);
            continue;
          }
          case Op.GET_ANEXT: {
            const r = getAnext(ip, mem[sp - 1]! & ~1);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.END_ASYNC_FOR: {
            const exc = mem[sp - 1]! & ~1;
            if (!isSubtype(ip, ip.tp(exc), types.StopAsyncIteration)) {
              ip.restoreError(ip.newRef(exc));
              reraise = true;
              break;
            }
            const aiter = mem[sp - 2]!;
            sp -= 2;
            mem[f + F_SP] = sp;
            heap.decref(exc);
            closeRef(ip, aiter);
            continue;
          }
          case Op.BEFORE_ASYNC_WITH: {
            const ref = mem[sp - 1]!;
            const mgr = ref & ~1;
            const message = (what: string) => () =>
              `'${typeName(ip, mgr)}' object does not support the asynchronous context manager protocol${what}`;
            const enter = loadSpecialBound(ip, mgr, '__aenter__', message(''));
            if (enter === 0) break;
            const exit = loadSpecialBound(ip, mgr, '__aexit__', message(' (missed __aexit__ method)'));
            if (exit === 0) {
              heap.decref(enter);
              break;
            }
            mem[sp - 1] = exit;
            closeRef(ip, ref);
            const r = ip.call(enter, []);
            heap.decref(enter);
            if (r === 0) break;
            mem[sp++] = r;
            continue;
          }
          case Op.BUILD_TEMPLATE: {
            const [strings, interpolations] = [mem[sp - 2]!, mem[sp - 1]!];
            sp -= 2;
            mem[sp++] = newTemplate(ip, strings & ~1, interpolations & ~1);
            mem[f + F_SP] = sp;
            closeRef(ip, interpolations);
            closeRef(ip, strings);
            continue;
          }
          case Op.BUILD_INTERPOLATION: {
            const n = 2 + (arg & 1);
            const base = sp - n;
            const format = n === 3 ? mem[base + 2]! : 0;
            const [value, text] = [mem[base]!, mem[base + 1]!];
            mem[base] = newInterpolation(ip, value & ~1, text & ~1, arg >> 2, format & ~1);
            sp = base + 1;
            mem[f + F_SP] = sp;
            closeRef(ip, format);
            closeRef(ip, text);
            closeRef(ip, value);
            continue;
          }
          case Op.GET_AWAITABLE: {
            const ref = mem[sp - 1]!;
            const r = getAwaitable(ip, ref & ~1, arg);
            if (r === 0) break;
            mem[sp - 1] = r;
            closeRef(ip, ref);
            continue;
          }
          default:
            throw new EngineError(`unknown instruction ${op} (${Op[op]})`);
        }
      }

      // ---- the error path: an exception is set ------------------------------------------------------------------------
      {
        if (ip.currentException === 0) throw new EngineError(`${Op[op]} failed without an exception`);
        if (single) return reraise ? FAILED_AGAIN : FAILED;
        const handler = unwind(ip, f, code, pc - 1, reraise);
        reraise = false;
        if (handler >= 0) {
          pc = handler;
          sp = mem[f + F_SP]!;
          continue;
        }
        if (handler === LEFT_ENTRY || f === base) return 0;
        throwing = true;
        continue frames;
      }
    }
  }
}

const LEFT = -1;
const LEFT_ENTRY = -2;

/**
 * An exception is set. Unwinds to the handler in this frame, if there is one; otherwise the stack and the frame go, and
 * the caller sees the exception.
 * @param at the instruction that failed
 * @param reraise it is being raised again: its traceback has this frame already
 * @returns the handler's first instruction (F_PC too); LEFT; LEFT_ENTRY if native code had entered the frame
 */
export function unwind(ip: Interpreter, f: number, code: CodeRuntime, at: number, reraise: boolean): number {
  const { mem, heap } = ip;
  if (!reraise) {
    addTraceback(ip, ip.currentException, f);
    if (ip.onLine !== null) traceException(ip, f);
  }
  const row = findHandler(code, at);
  if (row >= 0) {
    const table = code.unit.exceptiontable;
    const floor = f + F_LOCALSPLUS + code.nlocalsplus + table[row + 3]!;
    let sp = mem[f + F_SP]!;
    while (sp > floor) {
      const ref = mem[--sp]!;
      mem[f + F_SP] = sp;
      if (ref !== 0) closeRef(ip, ref);
    }
    if (table[row + 4] !== 0) mem[sp++] = intFromNumber(ip, mem[f + F_PC]! - 1);
    mem[sp++] = ip.takeError();
    mem[f + F_SP] = sp;
    mem[f + F_PC] = table[row + 2]!;
    return table[row + 2]!;
  }
  let sp = mem[f + F_SP]!;
  const floor = f + F_LOCALSPLUS + code.nlocalsplus;
  if (ip.onLine !== null) traceUnwind(ip, f);
  const error = ip.takeError();
  while (sp > floor) {
    const ref = mem[--sp]!;
    mem[f + F_SP] = sp;
    if (ref !== 0) closeRef(ip, ref);
  }
  const isInit = (mem[f + F_FLAGS]! & FLAG_INIT) !== 0;
  const entry = leave(ip, f, false);
  if (isInit) {
    // The instance that was to be the result.
    const caller = ip.frame;
    const top = mem[caller + F_SP]! - 1;
    const self = mem[top]!;
    mem[caller + F_SP] = top;
    heap.decref(self);
  }
  ip.restoreError(error);
  return entry ? LEFT_ENTRY : LEFT;
}

// ---- small steps of the loop ----------------------------------------------------------------------------------------------

/** Two exact ints whose values lie in their own words. */
function areSmallInts(mem: Int32Array, intType: Handle, a: Handle, b: Handle): boolean {
  return mem[a + 1] === intType && mem[b + 1] === intType && mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0;
}

/** Puts a result on the running frame's stack; stolen. */
export function pushResult(ip: Interpreter, value: Handle): void {
  const { mem } = ip;
  const f = ip.frame;
  const sp = mem[f + F_SP]!;
  mem[sp] = value;
  mem[f + F_SP] = sp + 1;
}

/** Ends a frame; its caller is the running one then. True: it was entered from native code. */
export function leave(ip: Interpreter, f: number, returns: boolean): boolean {
  const { mem, heap } = ip;
  const entry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
  if ((mem[f + F_FLAGS]! & FLAG_INIT) !== 0) ip.recursionDepth--;
  if (heap.log !== null) heap.log.mark(MarkCode.Frame, mem[f]!, 1);
  // As in CPython, the caller is current while the callee's locals die.
  ip.frame = mem[f + F_PREVIOUS]!;
  if (mem[f + F_OWNER] === OWNED_BY_GENERATOR) {
    finishGenerator(ip, f);
    if (returns && !entry) returnFromGenerator(ip);
  } else popFrame(ip, f);
  return entry;
}

/** The caller goes on where its FOR_ITER or SEND says that the iterator has ended; what was returned is pushed there. */
function returnFromGenerator(ip: Interpreter): void {
  const f = ip.frame;
  ip.mem[f + F_PC] = codeRuntime(ip, ip.mem[f]!).args[ip.mem[f + F_PC]! - 1]!;
}

/** Hands a returned value to the frame that is running again. False with TypeError. */
export function deliver(ip: Interpreter, value: Handle, isInit: boolean): boolean {
  if (!isInit) {
    pushResult(ip, value);
    return true;
  }
  // The instance is on the stack already.
  if (value === ip.None) return true;
  ip.raise('TypeError', `__init__() should return None, not '${typeName(ip, value)}'`);
  ip.decref(value);
  return false;
}

/** A stored bound method is to be called: its function and its object take its place on the stack. The function, borrowed. */
function takeMethodApart(ip: Interpreter, base: number): Handle {
  const { mem } = ip;
  const bound = mem[base]!;
  const method = bound & ~BORROWED;
  const self = ip.newRef(mem[method + IM_SELF]!);
  const func = ip.newRef(mem[method + IM_FUNC]!);
  mem[base] = func;
  mem[base + 1] = self;
  closeRef(ip, bound);
  return func;
}

/** Releases `n` stack words from `from` on, the first one first. */
function closeMany(ip: Interpreter, from: number, n: number): void {
  for (let i = from; i < from + n; i++) if (ip.mem[i] !== 0) closeRef(ip, ip.mem[i]!);
}

/** Releases the operands of a call of native code, in the version's order. */
export function closeCall(ip: Interpreter, base: number, first: number, n: number): void {
  const { mem } = ip;
  if (ip.facts.reverseTeardown) {
    for (let i = first + n - 1; i >= first; i--) closeRef(ip, mem[i]!);
    closeRef(ip, mem[base]!);
  } else {
    closeRef(ip, mem[base]!);
    closeMany(ip, first, n);
  }
}

function setLocal(ip: Interpreter, f: number, slot: number, ref: number): void {
  const word = f + F_LOCALSPLUS + slot;
  if (ip.heap.log !== null) ip.heap.log.word(word, ip.mem[word]!, ref);
  ip.mem[word] = ref;
}

/** Moves a stack reference into a local; the caller has taken it off the stack. */
function storeFast(ip: Interpreter, f: number, slot: number, ref: number): void {
  const { mem, heap } = ip;
  const word = f + F_LOCALSPLUS + slot;
  const old = mem[word]!;
  if (heap.log !== null) heap.log.word(word, old, ref);
  mem[word] = ref;
  if (old !== 0 && (old & BORROWED) === 0) heap.decref(old);
}
