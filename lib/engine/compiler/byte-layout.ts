/**
 * Where each instruction of a code unit lies in CPython's `co_code`: two bytes an instruction, EXTENDED_ARG before it
 * for arguments over 255, inline caches behind it. Jump arguments become distances there, in units of two bytes
 * (resolve_jump_offsets in Python/assemble.c).
 */
import type { CodeUnit, Profile } from './code-unit';
import { Op, OPCODES } from './opcodes';

/** Inline cache entries (`opcode._inline_cache_entries`), in units of two bytes. */
const CACHES = new Map<Op, number>([
  [Op.LOAD_GLOBAL, 4],
  [Op.UNPACK_SEQUENCE, 1],
  [Op.COMPARE_OP, 1],
  [Op.CONTAINS_OP, 1],
  [Op.FOR_ITER, 1],
  [Op.BINARY_SUBSCR, 1],
  [Op.LOAD_SUPER_ATTR, 1],
  [Op.LOAD_ATTR, 9],
  [Op.STORE_ATTR, 4],
  [Op.CALL, 3],
  [Op.STORE_SUBSCR, 1],
  [Op.SEND, 1],
  [Op.JUMP_BACKWARD, 1],
  [Op.TO_BOOL, 3],
  [Op.POP_JUMP_IF_TRUE, 1],
  [Op.POP_JUMP_IF_FALSE, 1],
  [Op.POP_JUMP_IF_NONE, 1],
  [Op.POP_JUMP_IF_NOT_NONE, 1],
]);

export function cachesOf(op: Op, profile: Profile): number {
  if (op === Op.BINARY_OP) return profile === '3.13' ? 1 : 5;
  if (op === Op.CALL_KW) return profile === '3.13' ? 0 : 3;
  return CACHES.get(op) ?? 0;
}

/** Whether `arg` is the index of another instruction. */
export function hasTarget(op: Op, profile: Profile): boolean {
  return OPCODES[op]!.arg === 'jump' || (op === Op.END_ASYNC_FOR && profile !== '3.13');
}

/** Whether the byte form shows an argument. */
export function hasArg(op: Op, profile: Profile): boolean {
  if (op === Op.END_ASYNC_FOR) return profile !== '3.13';
  if (op === Op.CALL_FUNCTION_EX) return profile === '3.13';
  return OPCODES[op]!.arg !== 'none';
}

export interface ByteLayout {
  /** Byte offset of each instruction, of its first EXTENDED_ARG if it has any; one more for the end. */
  start: Int32Array;
  /** Byte offset of the instruction itself. */
  offset: Int32Array;
  /** The argument in the byte form. */
  arg: Int32Array;
}

const extensions = (arg: number): number => (arg > 0xffffff ? 3 : arg > 0xffff ? 2 : arg > 0xff ? 1 : 0);

export function byteLayout(u: CodeUnit, profile: Profile): ByteLayout {
  const n = u.ops.length;
  const start = new Int32Array(n + 1);
  const offset = new Int32Array(n);
  const arg = Int32Array.from(u.args);
  u.ops.forEach((op, i) => {
    if (hasTarget(op, profile)) arg[i] = 0;
  });
  // Longer distances need EXTENDED_ARG, which makes other distances longer: until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    let at = 0;
    for (let i = 0; i < n; i++) {
      start[i] = at;
      at += 2 * extensions(arg[i]!);
      offset[i] = at;
      at += 2 + 2 * cachesOf(u.ops[i]!, profile);
    }
    start[n] = at;
    for (let i = 0; i < n; i++) {
      if (!hasTarget(u.ops[i]!, profile)) continue;
      const distance = Math.abs(start[u.args[i]!]! - start[i + 1]!) / 2;
      if (distance === arg[i]) continue;
      if (extensions(distance) !== extensions(arg[i]!)) changed = true;
      arg[i] = distance;
    }
  }
  return { start, offset, arg };
}
