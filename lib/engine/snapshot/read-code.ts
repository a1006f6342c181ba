/** The running code at a moment, with what each instruction did when it last ran. */
import { codeRuntime } from '../objects/code';
import { hasTarget } from '../compiler/byte-layout';
import { BORROWED, F_CODE, F_LOCALSPLUS } from '../objects/interpreter-frame';
import type { Op } from '../compiler/opcodes';
import { readSteps, rowAt, spanAt } from './read-steps';
import { objectRef } from './state';
import type { TimeMachine } from './time-machine';
import type { BytecodeReading, InstructionRow, Moment } from './trace-types';

/** So many steps back are looked through for the last run of each instruction. */
const LOOK_BACK = 5_000;

/** Lines of one instruction's span whose text is given: a span may be a whole class. */
const MOST_LINES = 20;

export function readBytecode(machine: TimeMachine, at: Moment): BytecodeReading | null {
  const run = machine.run(at.run);
  if (run === null || at.step < 0 || at.step > run.trace.steps.length) return null;
  const { steps, activations } = run.trace;
  if (steps.length === 0) return null;
  // At the run's end: the code that ran last.
  const here = Math.min(at.step, steps.length - 1);
  const { unit } = activations[steps.activation(here)]!;
  const { profile } = run.summary;
  const last = new Map<number, number>();
  for (let step = at.step - 1; step >= Math.max(0, at.step - LOOK_BACK); step--) {
    if (activations[steps.activation(step)]!.unit === unit && !last.has(steps.pc(step))) last.set(steps.pc(step), step);
  }
  const targets = new Set(unit.args.filter((_, i) => hasTarget(unit.ops[i] as Op, profile)));
  const floor = F_LOCALSPLUS + unit.localsplusnames.length;
  const instructions: InstructionRow[] = [];
  for (let pc = unit.ops.length - 1; pc >= 0; pc--) {
    const row = rowAt(unit, pc, profile)!;
    const step = last.get(pc) ?? null;
    const isWhole = step !== null && step + 1 < steps.length && steps.activation(step + 1) === steps.activation(step);
    instructions.push({
      offset: row.offset,
      line: unit.positions[pc * 4]!,
      span: spanAt(machine, unit, pc),
      name: row.opname,
      argument: row.argrepr || String(row.arg ?? ''),
      isTarget: targets.has(pc),
      label: row.label,
      step,
      counts: step === null ? [] : readSteps(machine, run, step, step + 1, 'instruction').steps[0]!.counts,
      stackBefore: step === null ? null : steps.stack(step) - floor,
      stackAfter: isWhole ? steps.stack(step + 1) - floor : null,
    });
  }
  instructions.reverse();
  const past = machine.past(at)!;
  const { ip, frame } = past;
  const stack: { object: ReturnType<typeof objectRef> | null; borrowed: boolean }[] = [];
  if (frame !== 0) {
    const bottom = frame + F_LOCALSPLUS + codeRuntime(ip, ip.mem[frame + F_CODE]!).nlocalsplus;
    for (let i = bottom; i < frame + steps.stack(here); i++) {
      const ref = ip.mem[i]!;
      const h = ref & ~BORROWED;
      stack.push({ object: h === 0 ? null : objectRef(ip, h, past.serial(h)), borrowed: (ref & BORROWED) !== 0 });
    }
  }
  return {
    at,
    frame: unit.qualname,
    filename: unit.filename,
    instructions,
    next: at.step < steps.length ? steps.pc(here) : -1,
    stack,
    source: sourceOf(machine, unit.filename, instructions),
  };
}

/** The lines that instructions come from: none for a file whose text is not the notebook's. */
function sourceOf(
  machine: TimeMachine,
  filename: string,
  instructions: readonly InstructionRow[],
): BytecodeReading['source'] {
  const wanted = new Set<number>();
  for (const { line, span } of instructions) {
    wanted.add(line);
    if (span !== null && span.endLine - span.line < MOST_LINES)
      for (let each = span.line; each <= span.endLine; each++) wanted.add(each);
  }
  return [...wanted]
    .sort((a, b) => a - b)
    .flatMap((line) => {
      const text = machine.lineOf(filename, line);
      return text === null ? [] : [{ line, text }];
    });
}
