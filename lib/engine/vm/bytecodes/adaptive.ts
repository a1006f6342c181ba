/**
 * The specialised forms of BINARY_OP and COMPARE_OP (Python/specialize.c, Python/bytecodes.c), as far as an address can
 * tell. An instruction runs once as it is; at its second run it takes the form of its operands' types, and keeps it
 * until 53 runs have missed. The forms part from the general instruction in what becomes of the operands:
 *
 * - ints: the right one is released first.
 * - floats: 3.13 puts the result into an operand that nobody else holds; 3.14 releases both before it makes the result.
 * - `s = s + t` and `s += t` of a local: the local gives its reference up, and the str grows where it lies.
 * - comparisons in 3.14: the left one is released first.
 *
 * A site's form is in the `warm` byte of its code object, what its counter waits for in `waits`.
 * DIFFERS: runs of a site without a form count towards its next attempt only where they get here.
 */
import { NB, Op } from '../../compiler/opcodes';
import type { Handle } from '../../heap/layout';
import type { CodeRuntime } from '../../objects/code';
import { FLOAT_VALUE, newFloat } from '../../objects/float';
import { INT_LEAF } from '../../objects/int';
import { F_LOCALSPLUS, closeRef } from '../../objects/interpreter-frame';
import { strAppend } from '../../objects/str-ops';
import type { Interpreter } from '../interpreter';

export const COLD = 0;
export const ONCE = 1;
export const AS_INT = 2;
export const AS_FLOAT = 3;
export const AS_TEXT = 4;
/** BINARY_OP_INPLACE_ADD_UNICODE. */
export const AS_APPEND = 5;
/** The types have no form. */
export const AS_NONE = 6;

/** Misses that a form outlives (`adaptive_counter_cooldown`). */
const COOLDOWN = 52;
/** `1 << BACKOFF` − 1 runs pass before a site without a form is tried again. */
const FIRST_BACKOFF = 2;
const MAX_BACKOFF = 12;

/** By NB: 1 where BINARY_OP has forms for arithmetic. */
export const HAS_FORMS = new Uint8Array(32);
for (const op of [NB.ADD, NB.SUBTRACT, NB.MULTIPLY]) HAS_FORMS[op] = HAS_FORMS[op + NB.INPLACE_ADD] = 1;

/** What a site's counter waits for. */
export interface Wait {
  runs: number;
  backoff: number;
}

/** The form in which a BINARY_OP of `HAS_FORMS` runs this time, AS_… or COLD; to be asked once for each run. */
export function binaryForm(ip: Interpreter, f: number, code: CodeRuntime, pc: number, a: Handle, b: Handle): number {
  const form = formNow(ip, f, code, pc, a, b);
  if (form !== COLD) return form;
  if (code.warm[pc] === COLD) {
    code.warm[pc] = ONCE;
    return COLD;
  }
  return tryAgain(code, pc, () => newForm(ip, f, code, pc, a, b));
}

/** The form that the site has, if the operands are of its types; else COLD. */
export function formNow(ip: Interpreter, f: number, code: CodeRuntime, pc: number, a: Handle, b: Handle): number {
  const form = code.warm[pc]!;
  if (form < AS_INT || form === AS_NONE) return COLD;
  const { mem, types } = ip;
  const type = form === AS_INT ? types.int.handle : form === AS_FLOAT ? types.float.handle : types.str.handle;
  if (mem[a + 1] !== type || mem[b + 1] !== type) return COLD;
  return form !== AS_APPEND || storesInto(ip, f, code, pc, a) ? form : COLD;
}

/** A miss, or a run of a site that has no form: COLD, unless the counter has come to its end. */
function tryAgain(code: CodeRuntime, pc: number, choose: () => number): number {
  const wait = code.waits.get(pc);
  if (wait !== undefined && wait.runs > 0) {
    wait.runs--;
    return COLD;
  }
  const form = choose();
  code.warm[pc] = form;
  if (form !== AS_NONE) {
    code.waits.set(pc, { runs: COOLDOWN, backoff: 0 });
    return form;
  }
  const backoff = wait === undefined ? FIRST_BACKOFF : Math.min(wait.backoff + 1, MAX_BACKOFF);
  // This run counts already.
  code.waits.set(pc, { runs: (1 << backoff) - 2, backoff });
  return COLD;
}

function newForm(ip: Interpreter, f: number, code: CodeRuntime, pc: number, a: Handle, b: Handle): number {
  const { mem, types } = ip;
  const type = mem[a + 1]!;
  if (mem[b + 1] !== type) return AS_NONE;
  if (type === types.int.handle) return AS_INT;
  if (type === types.float.handle) return AS_FLOAT;
  const op = code.args[pc];
  if (type !== types.str.handle || (op !== NB.ADD && op !== NB.INPLACE_ADD)) return AS_NONE;
  return storesInto(ip, f, code, pc, a) ? AS_APPEND : AS_TEXT;
}

/** The next instruction stores into the local that holds `a`. */
function storesInto(ip: Interpreter, f: number, code: CodeRuntime, pc: number, a: Handle): boolean {
  const slot = code.args[pc + 1]!;
  return code.ops[pc + 1] === Op.STORE_FAST && slot < 256 && (ip.mem[f + F_LOCALSPLUS + slot]! & -2) === a;
}

/**
 * BINARY_OP_ADD_FLOAT and its like. Takes over both operands' words of the stack; new.
 */
export function floatForm(ip: Interpreter, a: number, b: number, op: number): Handle {
  const { mem, heap } = ip;
  const { f64 } = heap;
  const ha = a & -2;
  const hb = b & -2;
  const x = f64[(ha + FLOAT_VALUE) >> 1]!;
  const y = f64[(hb + FLOAT_VALUE) >> 1]!;
  const plain = op >= NB.INPLACE_ADD ? op - NB.INPLACE_ADD : op;
  const value = plain === NB.ADD ? x + y : plain === NB.SUBTRACT ? x - y : x * y;
  if (ip.facts.reverseTeardown) {
    closeRef(ip, a);
    closeRef(ip, b);
    return newFloat(ip, value);
  }
  if (mem[ha] === 1) {
    setFloatValue(ip, ha, value);
    closeRef(ip, b);
    return ha;
  }
  if (mem[hb] === 1) {
    setFloatValue(ip, hb, value);
    closeRef(ip, a);
    return hb;
  }
  const r = newFloat(ip, value);
  closeRef(ip, a);
  closeRef(ip, b);
  return r;
}

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

/** Another value for a float that nobody else can see. */
export function setFloatValue(ip: Interpreter, h: Handle, value: number): void {
  const { heap } = ip;
  if (heap.log === null) {
    heap.f64[(h + FLOAT_VALUE) >> 1] = value;
    return;
  }
  scratch[0] = value;
  heap.set(h + FLOAT_VALUE, scratchWords[0]!);
  heap.set(h + FLOAT_VALUE + 1, scratchWords[1]!);
}

/**
 * BINARY_OP_INPLACE_ADD_UNICODE, and the STORE_FAST behind it. Takes over both operands' words of the stack. False with
 * an exception: the local is unbound then.
 */
export function appendForm(ip: Interpreter, f: number, slot: number, a: number, b: number): boolean {
  const { mem, heap } = ip;
  const word = f + F_LOCALSPLUS + slot;
  closeRef(ip, a);
  const held = mem[word]!;
  if ((held & 1) !== 0) heap.incref(held & -2);
  const r = strAppend(ip, held & -2, b & -2);
  if (r !== held) {
    if (heap.log !== null) heap.log.word(word, held, r);
    mem[word] = r;
  }
  closeRef(ip, b);
  return r !== 0;
}

/**
 * Whether COMPARE_OP releases its left operand first in 3.14, where both die with it. Other runs are not counted: what
 * they do cannot be told apart.
 */
export function comparesLeftFirst(ip: Interpreter, code: CodeRuntime, pc: number, a: Handle, b: Handle): boolean {
  const form = code.warm[pc]!;
  if (form === COLD) {
    code.warm[pc] = ONCE;
    return false;
  }
  const fits = comparison(ip, code, pc, a, b);
  if (form >= AS_INT && form < AS_NONE && fits === form) return true;
  return tryAgain(code, pc, () => fits) !== COLD;
}

function comparison(ip: Interpreter, code: CodeRuntime, pc: number, a: Handle, b: Handle): number {
  const { mem, types } = ip;
  const type = mem[a + 1]!;
  if (mem[b + 1] !== type) return AS_NONE;
  if (type === types.float.handle) return AS_FLOAT;
  if (type === types.int.handle) return mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0 ? AS_INT : AS_NONE;
  const op = code.args[pc]! >> 5;
  return type === types.str.handle && (op === 2 || op === 3) ? AS_TEXT : AS_NONE;
}
