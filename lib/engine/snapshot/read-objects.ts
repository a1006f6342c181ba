/** Readings about objects over time: why one is alive, and how they lived. */
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { EventKind, FIRST_HANDLE } from '../trace/events';
import { forEachEventBack } from '../trace/undo';
import { HeapIndex, type RootReference } from './heap-index';
import type { OwnedReference } from './owned';
import { findHolders } from './holders';
import { sizeOf } from './sizeof';
import type { Counted, Holder, ObjectRef } from './snapshot';
import { countedOf, objectRef, withChange } from './state';
import type { Past, Run, TimeMachine } from './time-machine';
import { spanAt } from './read-steps';
import {
  READING_LIMITS,
  type BiographyEvent,
  type BiographyReading,
  type Lifetime,
  type LifetimesReading,
  type Moment,
  type Place,
  type StepDeath,
  type WhyAliveReading,
  type WhyAliveSlot,
} from './trace-types';

const none: ReadonlyMap<number, number> = new Map();

/** The object's handle at a moment; 0: it does not live then. */
function handleAt(machine: TimeMachine, past: Past, serial: number): Handle {
  const { lives } = machine.history;
  if (serial < 1 || serial > machine.history.allocated) return 0;
  const h = lives.handle(serial);
  return h < past.ip.mem.length && past.ip.mem[h] !== 0 && past.ip.heap.isLive(h) && past.serial(h) === serial ? h : 0;
}

export function countedAt(machine: TimeMachine, past: Past, handles: readonly Handle[]): Map<Handle, Counted> {
  const { ip, run, roots, serial } = past;
  const holders = findHolders(ip, new Set(handles), run.recorder.globals, roots, machine.history.inert);
  return new Map(handles.map((h) => [h, withChange(countedOf(ip, serial, h, holders.get(h) ?? []), none)]));
}

// ---- why alive ----------------------------------------------------------------------------------------------------------

export function readWhyAlive(machine: TimeMachine, serial: number, at: Moment): WhyAliveReading | null {
  const past = machine.past(at);
  if (past === null) return null;
  const target = handleAt(machine, past, serial);
  if (target === 0) return null;
  const { ip } = past;
  const { globals } = past.run.recorder;
  const index = new HeapIndex(machine, past);
  const reached = index.reach();
  const ref = (h: Handle) => objectRef(ip, h, past.serial(h));
  const way: (OwnedReference | RootReference)[] = [];
  for (let h = target; reached.has(h) && way.length < READING_LIMITS.path; ) {
    const by: OwnedReference | RootReference = reached.get(h)!;
    way.unshift(by);
    if (!('from' in by)) break;
    h = by.from;
  }
  // The way starts at a name: that the interpreter keeps the module, and the module its namespace, goes without saying.
  const named = way.findLastIndex((by) => 'from' in by && by.from === globals);
  if (named > 0) way.splice(0, named);
  const slotOf = (by: OwnedReference | RootReference): WhyAliveSlot => {
    if (!('from' in by)) return rootSlot(by, past);
    const { kind, label } = index.slot(by, globals);
    return { kind, label, frame: null, from: by.from === globals ? null : ref(by.from) };
  };
  let cut: WhyAliveReading['cut'] = null;
  for (const by of [...way].reverse()) {
    if (index.reach(by).has(target)) continue;
    cut = { ...slotOf(by), to: ref(by.to) };
    break;
  }
  const without = index.reach(target);
  let bytes = 0;
  let unsized = 0;
  const freed = reached.has(target) ? [...reached.keys()].filter((h) => !without.has(h) && ip.mem[h]! > 0) : [target];
  for (const h of freed) {
    const size = sizeOf(ip, h);
    bytes += size ?? 0;
    if (size === null) unsized++;
  }
  const [first] = way;
  return {
    at,
    object: ref(target),
    counted: countedAt(machine, past, [target]).get(target)!,
    path: way.map((by) => ({ ...slotOf(by), object: ref(by.to) })),
    isCut: first !== undefined && 'from' in first && first.from !== globals,
    garbage: !reached.has(target),
    cut,
    retained: { bytes, objects: freed.length, unsized },
  };
}

function rootSlot({ label, frame, isStack }: RootReference, past: Past): WhyAliveSlot {
  const holder = past.roots.frames[frame];
  const isLocal =
    !isStack && holder !== undefined && codeRuntime(past.ip, holder.code).unit.localsplusnames.includes(label);
  const kind = isLocal ? 'local' : isStack ? 'stack' : 'internal';
  return { kind, label, frame: isLocal ? holder.name : null, from: null };
}

// ---- lifetimes ----------------------------------------------------------------------------------------------------------

/** The object's last name in the run, or null. */
function lastName(run: Run, serial: number): string | null {
  const known = run.named.get(serial);
  if (known !== undefined) return known.names[0] ?? null;
  return run.journal.findLast((change) => change.serial === serial && change.before !== null)?.before?.names[0] ?? null;
}

export function readLifetimes(machine: TimeMachine, run: Run): LifetimesReading {
  const { lives } = machine.history;
  const { steps } = run.trace;
  const number = run.summary.run;
  const stepOf = (event: number) => Math.max(0, steps.stepOf(event));
  const end = machine.past({ run: number, step: steps.length })!;
  const all: Life[] = [];
  const before = [...machine.namedAt(run, 0).keys()].filter((serial) => lives.stretch(serial) < run.stretch);
  const first = machine.allocatedAt(run, 0) + 1;
  // A cell without a line makes nothing but what it is made of itself.
  const isEmpty = run.recorder.machinery.size === 0;
  for (const serial of [...before, ...range(first, run.allocated)]) {
    // What the run itself is made of: its code and the function around it.
    if (run.recorder.machinery.has(serial) || (isEmpty && serial >= first)) continue;
    const isOld = lives.stretch(serial) < run.stretch || lives.event(serial) < 0;
    const over = lives.end(serial);
    const died = over !== null && over.stretch === run.stretch ? stepOf(over.event) : null;
    const born = isOld ? null : stepOf(lives.event(serial));
    // What one step makes and drops again is no bar.
    if (born !== null && died === born) continue;
    all.push({
      serial,
      born,
      died,
      cause: died === null ? null : over!.byCollector ? 'cycle collected' : 'count reached zero',
    });
  }
  const chosen = ownFirst(run, all, READING_LIMITS.lifetimes);
  const omitted = all.length - chosen.length;
  const counts = countLines(machine, run, new Set(chosen.map(({ serial }) => serial)), end);
  const objects = new Map<number, ObjectRef>();
  // From the end backwards: going on from one death to the one before costs what lies between.
  for (const { serial, died } of chosen.toSorted((a, b) => (b.died ?? steps.length) - (a.died ?? steps.length))) {
    const past = machine.past({ run: number, step: died ?? steps.length })!;
    objects.set(serial, objectRef(past.ip, lives.handle(serial), serial));
  }
  const last = machine.past({ run: number, step: steps.length })!;
  const unchanged = (serial: number): [number, number][] => {
    const h = handleAt(machine, last, serial);
    return h === 0 || objects.get(serial)!.immortal ? [] : [[0, last.ip.mem[h]!]];
  };
  const lifetimes = chosen.map(({ serial, born, died, cause }): Lifetime => {
    const line = counts.get(serial) ?? unchanged(serial);
    const every = Math.ceil(line.length / READING_LIMITS.points) || 1;
    const kept = line.filter((_, i) => i % every === 0 || i === line.length - 1);
    return {
      serial,
      object: objects.get(serial)!,
      label: lastName(run, serial),
      born,
      bornIn: born === null ? null : placeOf(run, stepDuring(run, lives.event(serial))),
      died,
      diedIn: died === null ? null : placeOf(run, stepDuring(run, lives.end(serial)!.event)),
      cause,
      counts: kept,
      countsThinned: line.length - kept.length,
    };
  });
  const collections = run.collections.map(({ report, phases }, i) => {
    const step = stepOf(phases.began);
    return { number: i, step, generation: report.generation, place: placeOf(run, step) };
  });
  return { run: number, lifetimes, omitted, collections };
}

interface Life {
  readonly serial: number;
  readonly born: number | null;
  readonly died: number | null;
  readonly cause: StepDeath['cause'] | null;
}

/** A step that makes more objects than this is an import or the like: they are not what the program is about. */
const MASS = 100;

/** Where there are too many: what had a name, then what the run's own lines made one by one, then the rest; in their order. */
function ownFirst(run: Run, all: readonly Life[], most: number): readonly Life[] {
  if (all.length <= most) return all;
  const named = new Set(run.named.keys());
  for (const { serial, before } of run.journal) if (before !== null && before.names.length > 0) named.add(serial);
  const births = new Map<number | null, number>();
  for (const { born } of all) births.set(born, (births.get(born) ?? 0) + 1);
  const rank = ({ serial, born }: Life): number => {
    if (born === null || named.has(serial)) return 0;
    return placeOf(run, born).filename === run.summary.filename && births.get(born)! <= MASS ? 1 : 2;
  };
  const ranked = [0, 1, 2].flatMap((wanted) => all.filter((life) => rank(life) === wanted));
  const kept = new Set(ranked.slice(0, most));
  return all.filter((life) => kept.has(life));
}

/**
 * The step whose instruction was under way at an event. An instruction that calls Python code goes on after the last
 * step of that: what a finalizer or a callback was called for dies in it, and not in the line where they ended.
 */
function stepDuring({ trace: { steps }, recorder: { log } }: Run, position: number): number {
  const last = Math.max(0, steps.stepOf(position));
  const next = last + 1;
  const isWithin =
    next < steps.length && (steps.activation(next) === steps.activation(last) || steps.depth(next) > steps.depth(last));
  if (isWithin) return last;
  let left = 0;
  forEachEventBack(log, steps.position(last), position, (kind, operand) => {
    if (kind === EventKind.Mark && operand >= FIRST_HANDLE && (operand & 1) === 1) left++;
  });
  const depth = Math.max(0, steps.depth(last) - left);
  let step = last;
  while (step > 0 && steps.depth(step) > depth) step--;
  return step;
}

function placeOf({ trace: { steps, activations } }: Run, step: number): Place {
  return { line: steps.line(step), filename: activations[steps.activation(step)]!.unit.filename };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** The counts of objects after each step that changed them. */
function countLines(
  machine: TimeMachine,
  run: Run,
  wanted: ReadonlySet<number>,
  end: Past,
): Map<number, [number, number][]> {
  const { steps } = run.trace;
  const { lives } = machine.history;
  const serials = new Map<Handle, number>();
  const counts = new Map<number, number>();
  const lines = new Map<number, [number, number][]>();
  let step = steps.length - 1;
  const point = (h: Handle, change: (now: number) => number) => {
    let serial = serials.get(h);
    if (serial === undefined) {
      serial = end.serial(h);
      serials.set(h, serial);
    }
    if (!wanted.has(serial)) return;
    const now = counts.get(serial) ?? Math.max(end.ip.mem[h]!, 0);
    let line = lines.get(serial);
    if (line === undefined) {
      line = [];
      lines.set(serial, line);
    }
    if (line.at(-1)?.[0] !== step + 1) line.push([step + 1, now]);
    counts.set(serial, change(now));
  };
  forEachEventBack(run.recorder.log, 0, run.recorder.log.length, (kind, operand, last, position) => {
    while (step > 0 && steps.position(step) > position) step--;
    switch (kind) {
      case EventKind.Increased:
        return point(operand, (now) => now - 1);
      case EventKind.Decreased:
        return point(operand, (now) => now + 1);
      case EventKind.Count:
        return point(operand, () => last);
      case EventKind.Freed:
      case EventKind.FreedByCollector:
        return point(operand & ~1, () => 0);
      case EventKind.Death:
        return point(operand & ~1, () => 1);
      case EventKind.Born:
      case EventKind.BornOver:
      case EventKind.BornLong: {
        if ((operand & 1) !== 0) return;
        const serial = serials.get(operand) ?? end.serial(operand);
        const line = lines.get(serial);
        const now = counts.get(serial) ?? Math.max(end.ip.mem[operand]!, 0);
        if (wanted.has(serial) && line?.at(-1)?.[0] !== step + 1) lines.set(serial, [...(line ?? []), [step + 1, now]]);
        serials.set(operand, lives.before(serial));
      }
    }
  });
  for (const [serial, line] of lines) {
    line.reverse();
    const now = counts.get(serial);
    // What it was when the run began.
    if (now !== undefined && lives.stretch(serial) < run.stretch) line.unshift([0, now]);
  }
  return lines;
}

// ---- biography ----------------------------------------------------------------------------------------------------------

export function readBiography(machine: TimeMachine, serial: number): BiographyReading | null {
  const { lives } = machine.history;
  if (serial < 1 || serial > machine.history.allocated) return null;
  const over = lives.end(serial);
  const runs = machine.kept.filter(
    (run) => lives.stretch(serial) <= run.stretch && (over === null || over.stretch >= run.stretch),
  );
  const all = runs.flatMap((run) => changesIn(machine, run, serial).map((change) => ({ run, ...change })));
  // Each may tell of a slot lost and one gained. Of too many, those in the middle are left out: a life has two ends.
  const half = READING_LIMITS.events >> 2;
  const omitted = Math.max(0, all.length - 2 * half);
  const shown = omitted === 0 ? all : [...all.slice(0, half), ...all.slice(-half)];
  let object: ObjectRef | null = null;
  const readAt = (run: Run, at: number) => {
    const past = machine.past({ run: run.summary.run, step: at })!;
    const h = handleAt(machine, past, serial);
    if (h === 0) return null;
    object ??= objectRef(past.ip, h, serial);
    return countedAt(machine, past, [h]).get(h)!;
  };
  const told = new Map<(typeof shown)[number], BiographyEvent[]>();
  let later = null as { readonly run: Run; readonly step: number; readonly before: Counted | null } | null;
  // From the end backwards: going on from one moment to an earlier one costs what lies between.
  for (const [i, change] of [...shown.entries()].reverse()) {
    const { run, step, isBirth } = change;
    if (later?.run !== run) {
      const { length } = run.trace.steps;
      later = { run, step: length, before: over?.stretch === run.stretch ? null : readAt(run, length) };
    }
    const after = later.step === step + 1 ? later.before : readAt(run, step + 1);
    // A reference that is handed on changes holders and no count: the stack's, that a local name takes over.
    const isGap = omitted > 0 && i === half - 1;
    const moves =
      isGap || after === null ? [] : movesBetween(machine, run, step + 1, later.step, after, later.before, readAt);
    const before = readAt(run, step);
    told.set(change, [
      ...happened(machine, run, step, before, after, isBirth ? lives.event(serial) : -1, over),
      ...moves,
    ]);
    later = { run, step, before };
  }
  if (object === null) return null;
  const first = omitted === 0 ? [] : shown.slice(0, half);
  return {
    object,
    names: namesOf(runs, serial),
    events: shown.flatMap((change) => told.get(change)!),
    omitted,
    omittedAt: first.flatMap((change) => told.get(change)!).length,
  };
}

/** More moves than this between two changes of a count are not looked for. */
const MOST_MOVES = 6;

/** Changes of holders between two moments at which the count is the same. */
function movesBetween(
  machine: TimeMachine,
  run: Run,
  from: number,
  to: number,
  first: Counted,
  last: Counted | null,
  readAt: (run: Run, at: number) => Counted | null,
): BiographyEvent[] {
  const out: BiographyEvent[] = [];
  let now: Counted | null = first;
  let at = from;
  while (now !== null && last !== null && pictureOf(now) !== pictureOf(last) && out.length < 2 * MOST_MOVES) {
    let low = at;
    let high = to;
    let next: Counted | null = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const there = readAt(run, middle);
      if (there !== null && pictureOf(there) === pictureOf(now)) low = middle;
      else {
        high = middle;
        next = there;
      }
    }
    out.push(...happened(machine, run, high - 1, now, next, -1, null));
    at = high;
    now = next;
  }
  return out;
}

/** The names it had last, in the last run in which it had one. */
function namesOf(runs: readonly Run[], serial: number): readonly string[] {
  for (const run of runs.toReversed()) {
    const known = run.named.get(serial)?.names ?? [];
    if (known.length > 0) return known;
    const last = lastName(run, serial);
    if (last !== null) return [last];
  }
  return [];
}

/** Steps of a run that changed an object's count, its birth and its death among them. */
function changesIn(machine: TimeMachine, run: Run, serial: number): { step: number; isBirth: boolean }[] {
  const { lives } = machine.history;
  const { steps } = run.trace;
  const handle = lives.handle(serial);
  const over = lives.end(serial);
  const isOwn = lives.stretch(serial) === run.stretch;
  const from = isOwn ? Math.max(0, lives.event(serial)) : 0;
  const to = over?.stretch === run.stretch ? over.event + 1 : run.recorder.log.length;
  const changed = new Set<number>();
  let step = steps.length - 1;
  forEachEventBack(run.recorder.log, from, to, (kind, operand, _last, position) => {
    if ((operand & ~1) !== handle) return;
    if (
      kind !== EventKind.Increased &&
      kind !== EventKind.Decreased &&
      kind !== EventKind.Count &&
      kind !== EventKind.Death
    )
      return;
    while (step > 0 && steps.position(step) > position) step--;
    changed.add(step);
  });
  const bornAt = isOwn && lives.event(serial) >= 0 ? Math.max(0, steps.stepOf(from)) : -1;
  if (bornAt >= 0) changed.add(bornAt);
  return [...changed].sort((a, b) => a - b).map((at) => ({ step: at, isBirth: at === bornAt }));
}

function happened(
  machine: TimeMachine,
  run: Run,
  step: number,
  before: Counted | null,
  after: Counted | null,
  /** The event that made it, if the step did; else -1. */
  born: number,
  over: ReturnType<TimeMachine['history']['lives']['end']>,
): BiographyEvent[] {
  const { steps, activations } = run.trace;
  const event = born >= 0 ? born : after === null && over !== null ? over.event : -1;
  const during = event < 0 ? step : stepDuring(run, event);
  const base = {
    at: { run: run.summary.run, step },
    count: after?.count ?? null,
    ...placeOf(run, during),
    span: spanAt(machine, activations[steps.activation(during)]!.unit, steps.pc(during)),
    cause: null,
    holder: null,
  };
  const out: BiographyEvent[] = [];
  if (born >= 0) out.push({ ...base, kind: 'born' });
  const had = slots(before);
  const has = slots(after);
  const holder = ({ kind, label, frame, holder: object }: Holder) => ({ kind, label, frame, object });
  for (const [key, { times, slot }] of has) {
    if (times > (had.get(key)?.times ?? 0)) out.push({ ...base, kind: 'gained', holder: holder(slot) });
  }
  for (const [key, { times, slot }] of had) {
    if (times > (has.get(key)?.times ?? 0)) out.push({ ...base, kind: 'lost', holder: holder(slot) });
  }
  if (after === null && before !== null)
    out.push({ ...base, count: 0, kind: 'died', cause: over?.byCollector ? 'cycle collected' : 'count reached zero' });
  if (out.length === 0 && before?.count !== after?.count) out.push({ ...base, kind: 'count' });
  return out;
}

export function slots(counted: Counted | null): Map<string, { times: number; slot: Holder }> {
  const out = new Map<string, { times: number; slot: Holder }>();
  for (const slot of counted?.holders ?? []) {
    const key = `${slot.kind} ${slot.holder?.serial ?? ''} ${slot.frame ?? ''} ${slot.label}`;
    out.set(key, { times: (out.get(key)?.times ?? 0) + slot.references, slot });
  }
  return out;
}

export function pictureOf(counted: Counted): string {
  return `${counted.count} ${[...slots(counted)]
    .map(([key, { times }]) => `${key} ${times}`)
    .sort()
    .join('\n')}`;
}
