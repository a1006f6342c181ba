/**
 * The steps of a run, each with what it changed: read from the end backwards, by going to the end of each step and
 * walking over its events to its beginning.
 */
import { disassemble, type DisRow } from '../compiler/dis';
import { CO_OPTIMIZED, type CodeUnit } from '../compiler/code-unit';
import { Op } from '../compiler/opcodes';
import type { Handle } from '../heap/layout';
import { visitOwned } from '../objects/ledger';
import { EventKind } from '../trace/events';
import { forEachEventBack } from '../trace/undo';
import { isObjectAt } from './block-of';
import type { ObjectRef } from './snapshot';
import { objectRef, rowsOf } from './state';
import { type Past, type Run, type TimeMachine, positionOf } from './time-machine';
import {
  READING_LIMITS,
  type CountChange,
  type Rebinding,
  type Span,
  type StepDeath,
  type StepsReading,
  type TraceStep,
} from './trace-types';

/** What the names of a moment refer to. */
interface Names {
  /** The innermost frame. */
  readonly frame: number;
  /** The first name of each object. */
  readonly labels: ReadonlyMap<Handle, string>;
  readonly bound: ReadonlyMap<
    string,
    Pick<Rebinding, 'scope' | 'name' | 'frame' | 'count'> & { readonly object: ObjectRef }
  >;
}

interface RawChange {
  readonly h: Handle;
  readonly before: number;
  readonly after: number;
  readonly step: number;
}

export function readSteps(
  machine: TimeMachine,
  run: Run,
  from: number,
  to: number,
  granularity: 'line' | 'instruction',
): StepsReading {
  const { steps } = run.trace;
  const bounds = boundsOf(run, Math.max(0, from), Math.min(to, steps.length), granularity);
  const out: TraceStep[] = [];
  let names: Names | null = null;
  for (let i = bounds.length - 2; i >= 0; i--) {
    const reader = new StepReader(machine, run, bounds[i]!, bounds[i + 1]!, granularity);
    const { step, namesBefore } = reader.read(names);
    out.push(step);
    names = namesBefore;
  }
  return { run: run.summary.run, granularity, steps: out.reverse(), next: bounds.at(-1) ?? Math.max(0, from) };
}

/** Where steps begin, and where the last one ends. */
function boundsOf(run: Run, from: number, to: number, granularity: 'line' | 'instruction'): number[] {
  const { steps } = run.trace;
  const bounds: number[] = [];
  let hasLine = false;
  for (let step = from; step < steps.length; step++) {
    const isOther = step > from && steps.activation(step) !== steps.activation(step - 1);
    const starts = steps.startsLine(step);
    // What a function does before its first line belongs to that.
    if (granularity === 'instruction' || step === from || isOther || (starts && hasLine)) {
      if (bounds.length > 0 && (step >= to || bounds.length > READING_LIMITS.steps - 1)) {
        bounds.push(step);
        return bounds;
      }
      bounds.push(step);
      hasLine = starts;
    } else hasLine ||= starts;
  }
  if (bounds.length > 0) bounds.push(steps.length);
  return bounds;
}

class StepReader {
  private readonly unit: CodeUnit;

  constructor(
    private readonly machine: TimeMachine,
    private readonly run: Run,
    private readonly from: number,
    private readonly to: number,
    private readonly granularity: 'line' | 'instruction',
  ) {
    const { steps, activations } = run.trace;
    this.unit = activations[steps.activation(from)]!.unit;
  }

  read(known: Names | null): { step: TraceStep; namesBefore: Names } {
    const { machine, run, from, to, granularity, unit } = this;
    const { steps } = run.trace;
    const past = machine.past({ run: run.summary.run, step: to })!;
    const namesAfter = known ?? namesAt(past);
    const { changes, born, died } = this.events(past);
    // Of objects that live at the end, what they are then; of others, at the beginning.
    const after = new Map<Handle, ObjectRef>();
    // What is gone may have left its block to the items of a list, whose first word is no count.
    for (const { h } of changes)
      if (past.ip.mem[h]! > 0 && isObjectAt(past.ip, h)) after.set(h, this.describe(past, h));
    const bornRefs = born
      .filter(({ h, isAlive }) => isAlive && past.ip.mem[h]! !== 0)
      .map(({ h, step }) => {
        const object = this.describe(past, h);
        return { object, count: object.immortal ? null : past.ip.mem[h]!, span: this.spanOf(step) };
      });
    const bornAndDied = born.length - bornRefs.length;
    const before = machine.past({ run: run.summary.run, step: from })!;
    const namesBefore = namesAt(before);
    const labelOf = (h: Handle, object: ObjectRef) => {
      const name = namesAfter.labels.get(h) ?? namesBefore.labels.get(h);
      return { label: name ?? object.repr, isName: name !== undefined };
    };
    const bornHere = new Set(born.map(({ h }) => h));
    const deaths: StepDeath[] = [];
    for (const { h, inside, byCollector, step, wasHere } of died) {
      if (!wasHere) continue;
      const object = this.describe(before, h);
      const name = namesBefore.labels.get(h);
      let because: number | null = null;
      if (inside !== 0 && !bornHere.has(inside))
        visitOwned(before.ip, inside, (child) => {
          if (child === h) because = before.serial(inside);
        });
      deaths.push({
        object,
        label: name ?? object.repr,
        isName: name !== undefined,
        cause: byCollector ? 'cycle collected' : 'count reached zero',
        because,
        span: this.spanOf(step),
      });
    }
    const counts: CountChange[] = [];
    for (const change of granularity === 'line' ? netChanges(changes) : changes) {
      const { h } = change;
      const object = after.get(h) ?? (bornHere.has(h) || !isObjectAt(before.ip, h) ? null : this.describe(before, h));
      if (object === null) continue;
      const { label, isName } = labelOf(h, object);
      if (!isName && machine.history.lives.stretch(object.serial) === 0) continue;
      counts.push({
        serial: object.serial,
        label,
        isName,
        type: object.type,
        before: change.before,
        after: change.after,
        span: this.spanOf(change.step),
      });
    }
    const first = this.lineStep();
    const limit = READING_LIMITS.changes;
    const end = positionOf(run, to);
    const start = positionOf(run, from);
    const written = run.trace.written.findLast(({ step }) => step <= to)?.length ?? 0;
    const { flow, calls, callsClassBody } = this.flow();
    const step: TraceStep = {
      from,
      to,
      kind:
        granularity === 'instruction' && run.trace.linesFrom >= 0 && from >= run.trace.linesFrom ? 'line' : granularity,
      line: steps.line(first),
      endLine: this.endLine(first),
      filename: unit.filename,
      span: granularity === 'instruction' ? this.spanOf(from) : this.lineSpan(),
      frame: unit.qualname,
      depth: steps.depth(from),
      activation: steps.activation(from),
      opcode: granularity === 'instruction' ? this.opcode(past) : null,
      flow,
      calls,
      isClassBody: isClassBody(unit),
      callsClassBody,
      counts: counts.slice(0, limit),
      countsOmitted: Math.max(0, counts.length - limit),
      rebound: rebound(namesBefore, namesAfter, this.entersNew()),
      born: bornRefs.slice(0, limit),
      bornOmitted: Math.max(0, bornRefs.length - limit),
      bornAndDied,
      died: deaths.slice(0, limit),
      diedOmitted: Math.max(0, deaths.length - limit),
      collections: run.collections.flatMap(({ event }, i) => (event > start && event <= end ? [i] : [])),
      written: to >= steps.length ? run.trace.writtenNow : written,
    };
    return { step, namesBefore };
  }

  /** Count changes, births and deaths in the step, oldest first. */
  private events(past: Past): {
    changes: RawChange[];
    born: { h: Handle; isAlive: boolean; step: number }[];
    died: { h: Handle; inside: Handle; byCollector: boolean; step: number; wasHere: boolean }[];
  } {
    const { run, from, to } = this;
    const { steps } = run.trace;
    const { log } = run.recorder;
    const { mem } = past.ip;
    const counts = new Map<Handle, number>();
    const changes: RawChange[] = [];
    const born: { h: Handle; isAlive: boolean; step: number }[] = [];
    const died: { h: Handle; inside: Handle; byCollector: boolean; step: number; wasHere: boolean }[] = [];
    /** Objects whose memory was given back and whose release has not begun yet, going back. */
    const open: { h: Handle; byCollector: boolean; death: (typeof died)[number] }[] = [];
    const dead = new Set<Handle>();
    let step = to - 1;
    forEachEventBack(log, positionOf(run, from), positionOf(run, to), (kind, operand, last, position) => {
      while (step > from && steps.position(step) > position) step--;
      switch (kind) {
        case EventKind.Increased:
        case EventKind.Decreased:
        case EventKind.Count: {
          const now = counts.get(operand) ?? mem[operand]!;
          const before = kind === EventKind.Increased ? now - 1 : kind === EventKind.Decreased ? now + 1 : last;
          counts.set(operand, before);
          changes.push({ h: operand, before, after: now, step });
          break;
        }
        case EventKind.Death: {
          const h = operand & ~1;
          counts.set(h, 1);
          changes.push({ h, before: 1, after: 0, step });
          const i = open.findLastIndex((each) => each.h === h);
          if (i < 0) break;
          const [found] = open.splice(i, 1);
          (found!.death as { inside: Handle }).inside = open.at(-1)?.h ?? 0;
          break;
        }
        case EventKind.Freed:
        case EventKind.FreedByCollector: {
          const h = operand & ~1;
          const byCollector = kind === EventKind.FreedByCollector;
          const death = { h, inside: 0, byCollector, step, wasHere: true };
          died.push(death);
          open.push({ h, byCollector, death });
          dead.add(h);
          break;
        }
        case EventKind.Born:
        case EventKind.BornOver:
        case EventKind.BornLong: {
          if ((operand & 1) !== 0) break;
          const isAlive = !dead.delete(operand);
          // Nearer to the beginning the place was another object's, or nobody's.
          counts.delete(operand);
          if (!isAlive) {
            const death = died.findLast((each) => each.h === operand);
            if (death !== undefined) death.wasHere = false;
            for (let i = changes.length - 1; i >= 0; i--) if (changes[i]!.h === operand) changes.splice(i, 1);
          }
          born.push({ h: operand, isAlive, step });
          break;
        }
      }
    });
    return { changes: changes.reverse(), born: born.reverse(), died: died.reverse() };
  }

  private describe(past: Past, h: Handle): ObjectRef {
    return objectRef(past.ip, h, past.serial(h));
  }

  /** The step whose line is the group's: what comes before a function's first line belongs to that. */
  private lineStep(): number {
    const { steps } = this.run.trace;
    for (let step = this.from; step < this.to; step++) if (steps.startsLine(step)) return step;
    return this.from;
  }

  private endLine(step: number): number {
    const { steps } = this.run.trace;
    if (this.granularity === 'line') return this.run.recorder.endLine(this.unit, steps.line(step));
    return this.unit.positions[steps.pc(step) * 4 + 1] ?? steps.line(step);
  }

  private spanOf(step: number): Span | null {
    const { steps } = this.run.trace;
    return spanAt(this.machine, this.unit, steps.pc(step));
  }

  /** From the first to the last place of the line's instructions. */
  private lineSpan(): Span | null {
    const line = this.run.trace.steps.line(this.lineStep());
    let span: Span | null = null;
    for (let pc = 0; pc < this.unit.ops.length; pc++) {
      if (this.unit.positions[pc * 4] !== line) continue;
      const each = spanAt(this.machine, this.unit, pc);
      if (each === null || (each.endLine === each.line && each.endColumn === each.column)) continue;
      span = span === null ? each : joined(span, each);
    }
    return span;
  }

  private opcode(past: Past): TraceStep['opcode'] {
    const row = rowAt(this.unit, this.run.trace.steps.pc(this.from), past.run.summary.profile);
    return row === null
      ? null
      : { offset: row.offset, name: row.opname, argument: row.argrepr || String(row.arg ?? '') };
  }

  /** The step leads into a call that had no step before: its arguments are new names. */
  private entersNew(): boolean {
    const { steps } = this.run.trace;
    const { from, to } = this;
    if (to >= steps.length) return false;
    const next = steps.activation(to);
    return next !== steps.activation(from) && steps.pc(to) === 0;
  }

  private flow(): Pick<TraceStep, 'flow' | 'calls' | 'callsClassBody'> {
    const { run, to, unit } = this;
    const { steps, activations } = run.trace;
    const ended = (flow: TraceStep['flow']) => ({ flow, calls: null, callsClassBody: false });
    const pc = steps.pc(to - 1);
    const op = unit.ops[pc] as Op;
    const leaves = op === Op.RETURN_VALUE || op === Op.RETURN_CONST;
    if (to >= steps.length) return ended(leaves || !run.summary.raised ? 'return' : 'raise');
    const own = steps.activation(to - 1);
    const next = steps.activation(to);
    if (next === own) return ended(handles(unit, pc, steps.pc(to)) ? 'raise' : 'next');
    if (steps.depth(to) > steps.depth(to - 1)) {
      const entered = activations[next]!.unit;
      const flow = steps.pc(to) === 0 ? 'call' : 'resume';
      return { flow, calls: entered.qualname, callsClassBody: isClassBody(entered) };
    }
    if (op === Op.YIELD_VALUE || op === Op.RETURN_GENERATOR) return ended('yield');
    return ended(leaves ? 'return' : 'raise');
  }
}

const isClassBody = (unit: CodeUnit) => (unit.flags & CO_OPTIMIZED) === 0 && unit.qualname !== '<module>';

/** The instruction at `pc` is followed by that of a handler which it does not lead to by itself. */
function handles(unit: CodeUnit, pc: number, next: number): boolean {
  if (next === pc + 1 || unit.args[pc] === next) return false;
  const table = unit.exceptiontable;
  for (let i = 0; i < table.length; i += 5)
    if (table[i + 2] === next && table[i]! <= pc && pc < table[i + 1]!) return true;
  return false;
}

/** From the earlier beginning to the later end. */
function joined(one: Span, other: Span): Span {
  const isLater = other.endLine > one.endLine || (other.endLine === one.endLine && other.endColumn > one.endColumn);
  return {
    line: one.line,
    column: Math.min(one.column, other.column),
    endLine: isLater ? other.endLine : one.endLine,
    endColumn: isLater ? other.endColumn : one.endColumn,
  };
}

/** One change an object, from its first count to its last, at the moment of the last; none that came to nothing. */
function netChanges(changes: readonly RawChange[]): RawChange[] {
  const net = new Map<Handle, RawChange>();
  for (const change of changes) {
    const before = net.get(change.h)?.before ?? change.before;
    net.delete(change.h);
    net.set(change.h, { ...change, before });
  }
  return [...net.values()].filter(({ before, after }) => before !== after);
}

function namesAt(past: Past): Names {
  const { ip, run, roots, serial } = past;
  const { globals, shows } = run.recorder;
  const labels = new Map<Handle, string>();
  const bound = new Map<string, Pick<Rebinding, 'scope' | 'name' | 'frame' | 'count'> & { object: ObjectRef }>();
  // Of the frames the innermost says how its objects are called; the others' names are those of earlier steps.
  const inner = roots.frames.slice(0, 1);
  const rows = rowsOf({ ip, globals, shows, roots: { ...roots, frames: inner } });
  for (const { name, scope, frame, handle } of rows) {
    if (!labels.has(handle)) labels.set(handle, name);
    const key = `${scope === 'global' ? '' : `${inner[0]?.at} ${frame}`} ${name}`;
    bound.set(key, {
      scope: scope === 'global' ? 'global' : 'local',
      name,
      frame,
      count: ip.mem[handle]! < 0 ? null : ip.mem[handle]!,
      object: objectRef(ip, handle, serial(handle)),
    });
  }
  return { frame: inner[0]?.at ?? 0, labels, bound };
}

function rebound(before: Names, after: Names, isCall: boolean): Rebinding[] {
  const out: Rebinding[] = [];
  for (const [key, { scope, name, frame, object, count }] of after.bound) {
    // A frame that goes on has its names from before.
    if (scope === 'local' && before.frame !== after.frame && !isCall) continue;
    const was = before.bound.get(key)?.object ?? null;
    if (was?.serial !== object.serial) out.push({ name, scope, frame, before: was, after: object, count });
  }
  for (const [key, { scope, name, frame, object }] of before.bound)
    if (!after.bound.has(key) && (scope === 'global' || before.frame === after.frame))
      out.push({ name, scope, frame, before: object, after: null, count: null });
  return out;
}

const rows = new WeakMap<CodeUnit, Map<number, DisRow>>();
/** What `dis` says of an instruction. */
export function rowAt(unit: CodeUnit, pc: number, profile: '3.13' | '3.14'): DisRow | null {
  let byIndex = rows.get(unit);
  if (byIndex === undefined) {
    byIndex = new Map();
    // Of an instruction with EXTENDED_ARG before it, the instruction itself comes last, and the label stands first.
    for (const row of disassemble(unit, profile).rows) {
      byIndex.set(row.index, { ...row, label: row.label ?? byIndex.get(row.index)?.label ?? null });
    }
    rows.set(unit, byIndex);
  }
  return byIndex.get(pc) ?? null;
}

/** The exact place of an instruction in its source; columns in characters. */
export function spanAt(machine: TimeMachine, unit: CodeUnit, pc: number): Span | null {
  const { positions } = unit;
  const [line, endLine, column, endColumn] = [0, 1, 2, 3].map((i) => positions[pc * 4 + i] ?? -1) as [
    number,
    number,
    number,
    number,
  ];
  if (line <= 0 || endLine <= 0 || column < 0 || endColumn < 0) return null;
  return {
    line,
    column: machine.characters(unit.filename, line, column),
    endLine,
    endColumn: machine.characters(unit.filename, endLine, endColumn),
  };
}
