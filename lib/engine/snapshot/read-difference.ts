/** What two moments have in common, and how many objects of each type live at one. */
import type { Handle } from '../heap/layout';
import { visitOwned } from '../objects/ledger';
import { countedAt, pictureOf } from './read-objects';
import { sizeOf } from './sizeof';
import { LEAF_TYPES } from './state';
import { type Past, type Run, type TimeMachine, positionOf } from './time-machine';
import { READING_LIMITS, type CensusReading, type DifferenceReading, type Moment } from './trace-types';

/** Not what boot made, nor the machinery that runs a cell, nor code with its tables of names and constants. */
function forEachOwn(machine: TimeMachine, past: Past, visit: (h: Handle, serial: number) => void): void {
  const { ip } = past;
  const { lives } = machine.history;
  const { recorder, stretch } = past.run;
  // A cell without a line makes nothing but what it is made of itself.
  const isEmpty = recorder.machinery.size === 0;
  const inCode = new Set<Handle>();
  ip.heap.forEachObject((h) => {
    if (ip.mem[h]! > 0 && ip.is(h, ip.types.code)) visitOwned(ip, h, (child) => inCode.add(child));
  });
  ip.heap.forEachObject((h) => {
    if (ip.mem[h]! <= 0 || ip.is(h, ip.types.code)) return;
    if (inCode.has(h) && ip.is(h, ip.types.tuple)) return;
    const serial = past.serial(h);
    const born = lives.stretch(serial);
    if (born <= 0 || recorder.machinery.has(serial) || (isEmpty && born === stretch)) return;
    visit(h, serial);
  });
}

// ---- difference ---------------------------------------------------------------------------------------------------------

/** The program's objects that live at a moment, by serial: numbers and texts only where they have a name at either. */
function programObjects(machine: TimeMachine, past: Past, named: ReadonlySet<number>): Map<number, Handle> {
  const out = new Map<number, Handle>();
  forEachOwn(machine, past, (h, serial) => {
    if (!LEAF_TYPES.has(past.ip.tp(h).name) || named.has(serial)) out.set(serial, h);
  });
  return out;
}

export function readDifference(machine: TimeMachine, before: Moment, after: Moment): DifferenceReading | null {
  const [first, second] = [machine.run(before.run), machine.run(after.run)];
  if (first === null || second === null) return null;
  const nowNames = machine.namedAt(second, positionOf(second, after.step));
  const named = new Set([...nowNames.keys(), ...machine.namedAt(first, positionOf(first, before.step)).keys()]);
  const later = machine.past(after);
  if (later === null) return null;
  const now = programObjects(machine, later, named);
  const nowCounted = countedAt(machine, later, [...now.values()]);
  const earlier = machine.past(before);
  if (earlier === null) return null;
  const then = programObjects(machine, earlier, named);
  const thenCounted = countedAt(machine, earlier, [...then.values()]);
  const { machinery } = first.recorder;
  const born = [...now.keys()].filter((serial) => !then.has(serial) && !machinery.has(serial));
  const died = [...then.keys()].filter((serial) => !now.has(serial) && !second.recorder.machinery.has(serial));
  const changed = [...then].flatMap(([serial, h]) => {
    const other = now.get(serial);
    if (other === undefined) return [];
    const pair = { before: thenCounted.get(h)!, after: nowCounted.get(other)! };
    return pictureOf(pair.before) === pictureOf(pair.after) ? [] : [pair];
  });
  const limit = READING_LIMITS.changes;
  return {
    before,
    after,
    born: born.slice(0, limit).map((serial) => {
      const counted = nowCounted.get(now.get(serial)!)!;
      return { object: counted.object, names: nowNames.get(serial)?.names ?? [], counted };
    }),
    died: died.slice(0, limit).map((serial) => {
      const counted = thenCounted.get(then.get(serial)!)!;
      const cause = machine.history.lives.end(serial)?.byCollector ? 'cycle collected' : 'count reached zero';
      return { object: counted.object, cause, counted };
    }),
    changed: changed.slice(0, limit),
    omitted: {
      born: Math.max(0, born.length - limit),
      died: Math.max(0, died.length - limit),
      changed: Math.max(0, changed.length - limit),
    },
  };
}

// ---- census -------------------------------------------------------------------------------------------------------------

export function readCensus(machine: TimeMachine, at: Moment): CensusReading | null {
  const past = machine.past(at);
  if (past === null) return null;
  const { ip, run } = past;
  const types = new Map<string, { type: string; objects: number; bytes: number; unsized: number }>();
  forEachOwn(machine, past, (h) => {
    const { name } = ip.tp(h);
    let entry = types.get(name);
    if (entry === undefined) {
      entry = { type: name, objects: 0, bytes: 0, unsized: 0 };
      types.set(name, entry);
    }
    const size = sizeOf(ip, h);
    entry.objects++;
    entry.bytes += size ?? 0;
    if (size === null) entry.unsized++;
  });
  const all = [...types.values()].sort((a, b) => b.objects - a.objects || (a.type < b.type ? -1 : 1));
  const left = all.slice(READING_LIMITS.types);
  return {
    at,
    types: all.slice(0, READING_LIMITS.types),
    omitted: { types: left.length, objects: left.reduce((sum, { objects }) => sum + objects, 0) },
    peak: peakOf(machine, run),
  };
}

const peaks = new WeakMap<Run, CensusReading['peak']>();

/** The most objects of a run that were alive at once. */
function peakOf(machine: TimeMachine, run: Run): CensusReading['peak'] {
  const known = peaks.get(run);
  if (known !== undefined) return known;
  const { lives } = machine.history;
  const first = run.recorder.allocatedBefore + 1;
  const deaths: number[] = [];
  for (let serial = first; serial <= run.allocated; serial++) {
    const end = lives.end(serial);
    if (end !== null && end.stretch === run.stretch) deaths.push(end.event);
  }
  const over = Int32Array.from(deaths).sort();
  let alive = 0;
  let gone = 0;
  // What was made before the log was cut.
  const beganAt = machine.allocatedAt(run, 0);
  for (let serial = first; serial <= beganAt; serial++) {
    const end = lives.end(serial);
    if (end === null || end.stretch >= run.stretch) alive++;
  }
  let best = { objects: alive, event: 0 };
  for (let serial = beganAt + 1; serial <= run.allocated; serial++) {
    const event = lives.event(serial);
    if (event < 0) continue;
    for (; gone < over.length && over[gone]! < event; gone++) alive--;
    if (++alive > best.objects) best = { objects: alive, event };
  }
  const peak = { objects: best.objects, step: Math.max(0, run.trace.steps.stepOf(best.event)) };
  peaks.set(run, peak);
  return peak;
}
