/** The names, counts and holders at a moment, and the graph of the objects around them. */
import { readGraph } from './read-graph';
import { lineAt, type Past, type Run, type TimeMachine } from './time-machine';
import { type RawState, readState, withChange } from './state';
import { spanAt } from './read-steps';
import type { MemoryState } from './snapshot';
import type { Moment, MomentOptions, MomentReading } from './trace-types';

export function readMoment(machine: TimeMachine, at: Moment, options: MomentOptions): MomentReading | null {
  const run = machine.run(at.run);
  if (run === null) return null;
  const base = countsBefore(machine, run);
  const past = machine.past(at);
  if (past === null) return null;
  const raw = stateOf(machine, past);
  const state = memoryState(raw, base);
  return {
    at,
    next: nextLine(machine, past),
    state,
    getrefcount: raw.rows.map(({ row, counted }) =>
      // The argument is a reference of its own, unless it is a local that 3.14 lends.
      counted.count === null ? null : counted.count + (row.scope === 'local' && run.summary.profile !== '3.13' ? 0 : 1),
    ),
    graph: options.graph ? readGraph(machine, past, options.around) : null,
  };
}

/** @param base counts to compare with, by serial */
function memoryState({ rows, unnamed, omitted, allocated }: RawState, base: ReadonlyMap<number, number>): MemoryState {
  return {
    references: rows.map(({ row: { name, scope, frame, depth }, counted }) => ({
      name,
      scope,
      frame,
      depth,
      ...withChange(counted, base),
    })),
    unnamed: unnamed.map(({ names, counted }) => ({ lastNames: names, ...withChange(counted, base) })),
    omitted,
    allocated,
  };
}

export function stateOf(machine: TimeMachine, past: Past): RawState {
  const { ip, run, roots, position, serial } = past;
  const { globals, shows } = run.recorder;
  return readState({
    ip,
    globals,
    shows,
    roots,
    named: machine.namedAt(run, position).values(),
    inert: machine.history.inert,
    serial,
    allocated: machine.allocatedAt(run, position),
  });
}

const bases = new WeakMap<Run, ReadonlyMap<number, number>>();

/** Counts of all objects when the run began. */
export function countsBefore(machine: TimeMachine, run: Run): ReadonlyMap<number, number> {
  let counts = bases.get(run) as Map<number, number> | undefined;
  if (counts !== undefined) return counts;
  counts = new Map();
  const { ip, serial } = machine.past({ run: run.summary.run, step: 0 })!;
  ip.heap.forEachObject((h) => {
    if (ip.mem[h]! > 0) counts!.set(serial(h), ip.mem[h]!);
  });
  bases.set(run, counts);
  return counts;
}

function nextLine(machine: TimeMachine, past: Past): MomentReading['next'] {
  const { steps, activations } = past.run.trace;
  const { step } = past.at;
  if (step >= steps.length) return null;
  const { unit } = activations[steps.activation(step)]!;
  const pc = steps.pc(step);
  return { line: lineAt(unit, pc), filename: unit.filename, span: spanAt(machine, unit, pc) };
}
