/**
 * The ledger (law 1): for every live object, `ob_refcnt` equals the number of holders that the engine can name. The
 * audit walks the whole heap and recounts: what objects own (tp_ledger, or tp_traverse where that is all), an instance
 * its class, the frames their slots and stacks, the interpreter its roots.
 */
import type { Handle } from '../heap/layout';
import {
  BORROWED,
  F_CODE,
  F_FRAMEOBJ,
  F_FUNC,
  F_LOCALS,
  F_LOCALSPLUS,
  F_PREVIOUS,
  F_SP,
} from '../objects/interpreter-frame';
import { visitOwned } from '../objects/ledger';
import { strValue } from '../objects/str';
import type { Interpreter } from '../vm/interpreter';

/** References of the frames on the data stack, the running one first. Generators' frames belong to their generators. */
export function visitFrames(
  ip: Interpreter,
  visit: (child: Handle, word: number, frame: number) => void,
  frame = ip.frame,
  own: (f: number) => boolean = () => true,
): void {
  const { mem } = ip;
  for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
    if (f >= ip.heap.dataStackEnd || !own(f)) continue;
    for (const w of [F_CODE, F_FUNC, F_LOCALS, F_FRAMEOBJ]) if (mem[f + w] !== 0) visit(mem[f + w]!, f + w, f);
    for (let i = f + F_LOCALSPLUS; i < mem[f + F_SP]!; i++) {
      const ref = mem[i]!;
      if (ref !== 0 && (ref & BORROWED) === 0) visit(ref, i, f);
    }
  }
}

/**
 * Recounts the heap.
 * @returns one line for each object whose count is wrong; empty if the ledger is right
 */
export function auditHeap(ip: Interpreter): string[] {
  const counts = new Map<Handle, number>();
  const add = (child: Handle): void => {
    if (ip.mem[child]! >= 0) counts.set(child, (counts.get(child) ?? 0) + 1);
  };
  const differences: string[] = [];
  ip.heap.forEachObject((h) => {
    if (ip.mem[h] !== 0) visitOwned(ip, h, add);
  });
  visitFrames(ip, add);
  ip.forEachRoot(add);
  ip.heap.forEachObject((h) => {
    const actual = ip.mem[h]!;
    if (actual < 0) return;
    const expected = counts.get(h) ?? 0;
    if (actual !== expected) {
      differences.push(`${describe(ip, h)}: ob_refcnt is ${actual}, holders found: ${expected}`);
    }
    counts.delete(h);
  });
  for (const [h, n] of counts) differences.push(`a freed object at ${h} is still referred to ${n} time(s)`);
  return differences;
}

/** The type, the address and, for what has a text at hand, the text. Runs no Python code. */
function describe(ip: Interpreter, h: Handle): string {
  const tp = ip.tp(h);
  const at = `0x${ip.heap.id(h).toString(16)}`;
  const text = tp === ip.types.str ? ` ${JSON.stringify(strValue(ip, h).slice(0, 40))}` : '';
  return `${tp.name} object at ${at}${text}`;
}
