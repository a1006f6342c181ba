/** What generated code calls where its short ways end. */
import {
  CO_FRAME_WORDS,
  CO_LEAF,
  CO_NLOCALSPLUS,
  CO_POSITIONAL,
  codeRuntime,
  type CodeRuntime,
} from '../../objects/code';
import { DICT_KEYS, dictGetKnown } from '../../objects/dict';
import {
  DK_INDICES,
  DK_KIND,
  DK_LOG2_SIZE,
  ENTRY_HASH_HIGH,
  ENTRY_KEY,
  ENTRY_SHIFT,
  ENTRY_VALUE,
  KIND_UNICODE,
} from '../../objects/dict-keys';
import { inlineAdded } from '../../objects/dict-values';
import { newFloat } from '../../objects/float';
import { FUNC_BUILTINS, FUNC_CODE, FUNC_GLOBALS } from '../../objects/funcobject';
import { GEN_STATE } from '../../objects/generator';
import { INT_LEAF, INT_VALUE, intFromNumber } from '../../objects/int';
import {
  FLAG_ENTRY,
  FLAG_INIT,
  F_BUILTINS,
  F_CODE,
  F_FLAGS,
  F_FRAMEOBJ,
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
} from '../../objects/interpreter-frame';
import { listAppendStolen, newList } from '../../objects/list';
import { D_TYPE, M_LEAF, M_SELF, type NativeMethod } from '../../objects/method-object';
import { allocInstance } from '../../objects/object';
import { newTuple } from '../../objects/tuple';
import { CALLING } from '../interpreter';
import { closeCall, deliver, evalBreaker, leave as leaveFrame, runCallee, step, unwind } from '../ceval';
import { enterGenerator, suspendGenerator } from '../generators';
import type { Interpreter } from '../interpreter';
import {
  cacheAttribute,
  cacheGlobal,
  cacheInit,
  cacheMethod,
  cacheStoreAttribute,
  cacheStoreGlobal,
  runsModule,
} from './caches';
import { ENTERED, FAILED, FAILED_AGAIN, HANDED_BACK, PAUSED, RAISED, STEPPED, SWITCH } from './results';

/** What a nested run of the plain loop takes of JavaScript's stack, in registers. */
const PLAIN_REGISTERS = 400;
/** What a call between generated functions takes beside the function's own. */
const CALL_REGISTERS = 30;

/** Runs a frame that generated code has pushed, to its end: its value, or FAILED, PAUSED, SWITCH. */
export function callFrame(ip: Interpreter, g: number): number {
  const { tier } = codeRuntime(ip, ip.mem[g + F_CODE]!);
  if (tier !== null) {
    const entry = tier.entries[ip.mem[g + F_PC]!]!;
    if (entry !== 0) {
      const need = tier.registers + CALL_REGISTERS;
      if (ip.tierRoom < need) return SWITCH;
      ip.tierRoom -= need;
      const r = tier.run(g, entry);
      ip.tierRoom += need;
      return r > 0 || r === SWITCH ? r : r === RAISED ? FAILED : r === HANDED_BACK ? callPlain(ip, g, true) : r;
    }
  }
  return callPlain(ip, g, false);
}

function callPlain(ip: Interpreter, g: number, handedBack: boolean): number {
  if (ip.tierRoom < PLAIN_REGISTERS) return SWITCH;
  ip.tierRoom -= PLAIN_REGISTERS;
  const r = runCallee(ip, g, handedBack);
  ip.tierRoom += PLAIN_REGISTERS;
  return r === RAISED ? FAILED : r;
}

/** The functions by the names that generated code has for them. */
export function makeSupport(ip: Interpreter, code: CodeRuntime, entries: Uint16Array) {
  const { mem, heap } = ip;
  const { dataStackEnd } = heap;
  const generatorType = ip.types.generator.handle;
  const builtinType = ip.types.builtin_function_or_method.handle;
  const descriptorType = ip.types.method_descriptor.handle;
  const strType = ip.types.str.handle;
  const intType = ip.types.int.handle;

  /** A negative result: the block of the handler, or what the generated function is to answer. */
  function bad(f: number, pc: number, result: number): number {
    if (result !== FAILED && result !== FAILED_AGAIN) return result;
    const handler = unwind(ip, f, code, pc, result === FAILED_AGAIN);
    if (handler < 0) return RAISED;
    return entries[handler]! || HANDED_BACK;
  }

  /** Runs the one instruction at F_PC: 0, or negative. */
  function stepOn(): number {
    const r = step(ip);
    return r === STEPPED ? 0 : stepped(r);
  }

  function stepped(r: number): number {
    if (r !== ENTERED) return r;
    const g = ip.frame;
    const isInit = (mem[g + F_FLAGS]! & FLAG_INIT) !== 0;
    const v = callFrame(ip, g);
    if (v > 0) return deliver(ip, v, isInit) ? 0 : FAILED;
    return v;
  }

  /** The fuel is gone, or somebody wants something: 0, or negative. F_PC and F_SP are set. */
  function look(): number {
    const r = evalBreaker(ip);
    return r === 0 ? 0 : r > 0 ? PAUSED : FAILED;
  }

  /** At a back edge: the frame stands at the target already. */
  function lookBack(f: number): number {
    const r = look();
    if (r === FAILED) mem[f + F_PC] = mem[f + F_PC]! + 1;
    return r;
  }

  function leave(f: number): void {
    leaveFrame(ip, f, true);
  }

  /** YIELD_VALUE. */
  function suspend(f: number): void {
    const entry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
    suspendGenerator(ip, f);
    if (entry) ip.yielded = true;
  }

  /** FOR_ITER of any iterator: the item, 0 at the end, or negative. */
  function next(it: number): number {
    if (mem[it + 1] === generatorType && mem[it + GEN_STATE]! < 0) {
      const g = enterGenerator(ip, it, ip.None, 0);
      if (g === 0) return FAILED;
      const v = callFrame(ip, g);
      if (v < 0) return v;
      if (mem[it + GEN_STATE]! < 0) return v;
      ip.decref(v);
      return 0;
    }
    const v = ip.tp(it).tp_iternext!(ip, it);
    if (v !== 0 || ip.currentException === 0) return v;
    if (!ip.errorMatches('StopIteration')) return FAILED;
    ip.clearError();
    return 0;
  }

  // ---- calls ----------------------------------------------------------------------------------------------------------

  /**
   * A frame for a function of positional parameters: all of `pushFrame` but F_FUNC and the first `n` locals, which the
   * caller moves in. 0: no room, the long way says why.
   */
  function push(f: number, func: number, n: number): number {
    const g = ip.dataTop;
    const k = mem[func + FUNC_CODE]!;
    const top = g + mem[k + CO_FRAME_WORDS]!;
    if (ip.recursionDepth >= ip.recursionLimit || top > dataStackEnd) return 0;
    ip.recursionDepth++;
    ip.dataTop = top;
    mem[g + F_CODE] = k;
    const count = mem[k]!;
    if (count >= 0) mem[k] = count + 1;
    mem[g + F_GLOBALS] = mem[func + FUNC_GLOBALS]!;
    mem[g + F_BUILTINS] = mem[func + FUNC_BUILTINS]!;
    mem[g + F_LOCALS] = 0;
    mem[g + F_FRAMEOBJ] = 0;
    mem[g + F_PREVIOUS] = f;
    mem[g + F_PC] = 0;
    mem[g + F_OWNER] = OWNED_BY_THREAD;
    mem[g + F_FLAGS] = 0;
    mem[g + F_GENERATOR] = 0;
    const locals = g + F_LOCALSPLUS;
    const end = locals + mem[k + CO_NLOCALSPLUS]!;
    for (let i = locals + n; i < end; i++) mem[i] = 0;
    mem[g + F_SP] = end;
    return g;
  }

  /** Runs the frame just pushed, of a function: its value, or negative. */
  function run(g: number, func: number): number {
    ip.frame = g;
    const { tier } = heap.leaf[mem[mem[func + FUNC_CODE]! + CO_LEAF]!] as CodeRuntime;
    if (tier === null) return callFrame(ip, g);
    const need = tier.registers + CALL_REGISTERS;
    if (ip.tierRoom < need) return SWITCH;
    ip.tierRoom -= need;
    const r = tier.run(g, 1);
    ip.tierRoom += need;
    return r > 0 ? r : ended(r, g);
  }
  function ended(r: number, g: number): number {
    return r === RAISED ? FAILED : r === HANDED_BACK ? callPlain(ip, g, true) : r;
  }

  /** CALL_ALLOC_AND_ENTER_INIT: an instance, which is also the first local of `__init__`'s frame; 0: the long way. */
  function pushInit(f: number, type: number, init: number, n: number): number {
    if (mem[mem[init + FUNC_CODE]! + CO_POSITIONAL] !== n) return 0;
    if (
      ip.recursionDepth >= ip.recursionLimit ||
      ip.dataTop + mem[mem[init + FUNC_CODE]! + CO_FRAME_WORDS]! > dataStackEnd
    )
      return 0;
    const self = allocInstance(ip, ip.slotsOfType(type));
    heap.incref(self);
    heap.incref(init);
    const g = push(f, init, n);
    mem[g + F_FUNC] = init;
    mem[g + F_LOCALSPLUS] = self;
    mem[g + F_FLAGS] = FLAG_INIT;
    ip.recursionDepth++;
    return g;
  }
  /** What `__init__` returned is not None. */
  function notNone(value: number): number {
    deliver(ip, value, true);
    return FAILED;
  }

  /** A call of native code, with all operands in the frame; any other call as well. The result takes the callable's place. */
  function native(f: number, pc: number, base: number, n: number): number {
    const callable = mem[base]! & -2;
    const kind = mem[callable + 1]!;
    let first = base + 2;
    let count = n;
    let self: number;
    if (kind === builtinType) {
      self = mem[callable + M_SELF]!;
      if (mem[base + 1] !== 0) {
        first--;
        count++;
      }
    } else if (kind === descriptorType && mem[base + 1] !== 0) {
      self = mem[base + 1]! & -2;
      if (mem[self + 1] !== mem[callable + D_TYPE]) return stepCall(f, pc);
    } else return stepCall(f, pc);
    const { def } = heap.leaf[mem[callable + M_LEAF]!] as NativeMethod;
    if (def.varargs !== undefined) return stepCall(f, pc);
    let r: number;
    if (def.kind === 'o' && count === 1) {
      if (!ip.enterRecursive(CALLING)) return FAILED;
      r = def.fn(ip, self, mem[first]! & -2);
    } else if (def.kind === 'noargs' && count === 0) {
      if (!ip.enterRecursive(CALLING)) return FAILED;
      r = def.fn(ip, self);
    } else if (def.kind === 'fast' && count >= def.min && (def.max < 0 || count <= def.max)) {
      if (!ip.enterRecursive(CALLING)) return FAILED;
      const args = new Array<number>(count);
      for (let i = 0; i < count; i++) args[i] = mem[first + i]! & -2;
      r = def.fn(ip, self, args);
    } else return stepCall(f, pc);
    ip.leaveRecursive();
    code.warm[pc] = 1;
    mem[f + F_SP] = base;
    closeCall(ip, base, kind === builtinType ? first : first - 1, kind === builtinType ? count : count + 1);
    if (r === 0) return FAILED;
    mem[base] = r;
    if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
      mem[f + F_SP] = base + 1;
      return look();
    }
    return 0;
  }
  function stepCall(f: number, pc: number): number {
    mem[f + F_PC] = pc;
    return stepOn();
  }

  // ---- items and attributes -------------------------------------------------------------------------------------------

  /** `d[key]` where no code runs to find it: borrowed, or 0. */
  function dictItem(d: number, key: number): number {
    const keys = mem[d + DICT_KEYS]!;
    if (keys === 0) return 0;
    const kind = mem[key + 1]!;
    if (kind === strType) {
      if (mem[keys + DK_KIND] === KIND_UNICODE) return dictGetKnown(ip, d, key);
      return 0;
    }
    if (kind !== intType || mem[key + INT_LEAF] !== 0) return 0;
    // The hash of an int of one word is its value, but -1's.
    const low = mem[key + INT_VALUE]!;
    if (low === -1) return 0;
    const high = low < 0 ? -1 : 0;
    const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
    const indices = keys + DK_INDICES;
    const entries = indices + mask + 1;
    let i = low & mask;
    let perturbLow = low;
    let perturbHigh = high;
    for (;;) {
      const ix = mem[indices + i]!;
      if (ix === 0) return 0;
      if (ix > 0) {
        const e = entries + ((ix - 1) << ENTRY_SHIFT);
        const k = mem[e + ENTRY_KEY]!;
        if (k === key) return mem[e + ENTRY_VALUE]!;
        if (mem[e] === low && mem[e + ENTRY_HASH_HIGH] === high) {
          return mem[k + 1] === intType && mem[k + INT_LEAF] === 0 ? mem[e + ENTRY_VALUE]! : 0;
        }
      }
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
      perturbHigh >>>= 5;
      i = (i * 5 + perturbLow + 1) & mask;
    }
  }

  return {
    push,
    run,
    pushInit,
    notNone,
    native,
    dictItem,
    append: (l: number, item: number) => listAppendStolen(ip, l, item),
    tuple: (items: number[]) => newTuple(ip, items),
    list: (items: number[]) => newList(ip, items),
    attributeAdded: (base: number, i: number) => inlineAdded(ip, base, i),
    runsModule: (f: number) => runsModule(ip, f),
    cacheGlobal: (ic: Int32Array, at: number, f: number, name: number) => cacheGlobal(ip, ic, at, f, name),
    cacheStoreGlobal: (ic: Int32Array, at: number, f: number, name: number) => cacheStoreGlobal(ip, ic, at, f, name),
    cacheAttribute: (ic: Int32Array, at: number, obj: number, name: number) => cacheAttribute(ip, ic, at, obj, name),
    cacheStoreAttribute: (ic: Int32Array, at: number, obj: number, name: number) =>
      cacheStoreAttribute(ip, ic, at, obj, name),
    cacheMethod: (ic: Int32Array, at: number, obj: number, name: number) => cacheMethod(ip, ic, at, obj, name),
    cacheInit: (ic: Int32Array, at: number, callable: number) => cacheInit(ip, ic, at, callable),
    bad,
    lookBack,
    leave,
    suspend,
    next,
    stepOn,
    look,
    int: (n: number) => intFromNumber(ip, n),
    float: (x: number) => newFloat(ip, x),
  };
}
