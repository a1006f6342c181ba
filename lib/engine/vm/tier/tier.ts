/**
 * The second tier of the VM: JavaScript generated from the bytecode of code that runs often. Everything that lives
 * longer than an expression stays in the frame's words, so that a frame is the same for both tiers and either can go on
 * where the other stopped. Where code may not be generated (a strict CSP) the plain loop does it all.
 */
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE } from '../../compiler/code-unit';
import type { CodeRuntime, GeneratedCode } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import { analyse } from './control-flow';
import { generate } from './generate';
import { makeSupport } from './support';

/** Longer code would not be compiled to machine code anyway. */
const MAX_INSTRUCTIONS = 3000;
/** Coroutines are left to the plain loop. */
const LEFT_OUT = CO_COROUTINE | CO_ASYNC_GENERATOR | CO_ITERABLE_COROUTINE;

/** Counts a call or a back edge. */
export function warmUp(ip: Interpreter, code: CodeRuntime): void {
  if (code.heat < 0 || ++code.heat <= ip.tierThreshold) return;
  code.heat = -1;
  const { unit } = code;
  if (unit.ops.length > MAX_INSTRUCTIONS || (unit.flags & LEFT_OUT) !== 0) return;
  const flow = analyse(unit, ip.facts.name);
  if (flow === null) return;
  const { text, registers, caches } = generate(ip, code, flow);
  const entries = new Uint16Array(unit.ops.length);
  for (const index of flow.entries) entries[flow.blocks[index]!.start] = index + 1;
  const support = makeSupport(ip, code, entries);
  const names = Object.keys(support);
  let run: GeneratedCode['run'];
  try {
    run = new Function('ip', 'heap', 'mem_', 'f64_', 'ic_', ...names, text)(
      ip,
      ip.heap,
      ip.mem,
      ip.heap.f64,
      new Int32Array(caches).fill(-1),
      ...Object.values(support),
    );
  } catch (error) {
    // A policy against generated code forbids all of it, so nothing else will be tried.
    if (error instanceof EvalError) return;
    throw error;
  }
  code.tier = { run, entries, registers };
}

/** Takes a frame up; see results.ts. */
export function runGenerated(_ip: Interpreter, f: number, tier: GeneratedCode, pc: number): number {
  return tier.run(f, tier.entries[pc]!);
}
