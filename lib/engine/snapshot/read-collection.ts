/** The collections of a run; and who held the candidates of one when it began, told apart as the collector does. */
import type { Handle } from '../heap/layout';
import { type RawHolder, findHolders } from './holders';
import type { CollectionPhases } from './recorder';
import { type ObjectRef, SNAPSHOT_LIMITS } from './snapshot';
import { itemIndex, objectRef, speakerFor } from './state';
import type { Past, Run, TimeMachine } from './time-machine';
import {
  READING_LIMITS,
  type CandidateHolder,
  type CandidateHolders,
  type CollectionHoldersReading,
  type CollectionReading,
  type CollectionsReading,
} from './trace-types';

export function readCollections(run: Run): CollectionsReading {
  const { collections, recorder } = run;
  const most = Math.min(READING_LIMITS.collected, Math.ceil(READING_LIMITS.collectedInAll / (collections.length || 1)));
  return {
    collections: collections.map((_, number) => readCollection(run, number, most)),
    omitted: recorder.collectionsOmitted,
    dropped: recorder.collectionsCut,
  };
}

function readCollection(run: Run, number: number, most: number = READING_LIMITS.collected): CollectionReading {
  const { report, phases } = run.collections[number]!;
  const { generation, reason, collected, countsBefore, countsAfter, thresholds } = report;
  const { longLived, totals } = phases;
  const { steps, activations } = run.trace;
  const at = { run: run.summary.run, step: Math.max(0, steps.stepOf(phases.began)) };
  const line = steps.length === 0 ? report.line : steps.line(at.step);
  const filename = activations[steps.length === 0 ? 0 : steps.activation(at.step)]?.unit.filename;
  const file = filename === undefined || filename === run.summary.filename ? null : filename;
  const unreachable = phases.unreachable.slice(0, most);
  // What it found goes before what it merely looked at.
  const found = new Set(unreachable);
  const isFound = ({ object }: { object: ObjectRef }) => found.has(object.serial);
  let room = most - phases.candidates.filter(isFound).length;
  const candidates = phases.candidates.filter((each) => isFound(each) || room-- > 0);
  const cut = (list: readonly number[]) => list.slice(0, most);
  const lists = {
    tentative: cut(phases.tentative),
    movedBack: cut(phases.movedBack),
    unreachable,
    weakrefs: phases.weakrefs.slice(0, most),
    finalized: cut(phases.finalized),
    resurrected: cut(phases.resurrected),
    cleared: cut(phases.cleared),
  };
  const { weakrefs, ...serials } = lists;
  const named = new Set([...Object.values(serials).flat(), ...weakrefs.map(({ serial }) => serial)]);
  const others = phases.others.filter(({ serial }) => named.has(serial));
  const facts = { collected, countsBefore, countsAfter, thresholds, longLived, totals };
  return { number, at, generation, reason, line, file, candidates, ...lists, others, ...facts };
}

/** Null: there is no such collection. */
export function readCollectionHolders(machine: TimeMachine, run: Run, number: number): CollectionHoldersReading | null {
  const phases = run.collections[number]?.phases;
  if (phases === undefined) return null;
  return {
    run: run.summary.run,
    number,
    collection: readCollection(run, number),
    candidates: holdersThen(machine, run, phases),
  };
}

function holdersThen(machine: TimeMachine, run: Run, phases: CollectionPhases): CandidateHolders[] | null {
  if (phases.began < 0 || phases.handles === null) return null;
  const past = machine.pastAtEvent(run, phases.began);
  const { ip, roots } = past;
  const listed = new Map(phases.candidates.map(({ object }, i) => [object.serial, i]));
  const wanted = new Map<Handle, number>();
  for (const h of phases.handles) {
    const serial = past.serial(h);
    if (listed.has(serial)) wanted.set(h, serial);
  }
  const visits = visitsOf(past, phases.handles, wanted);
  const raw = findHolders(ip, new Set(wanted.keys()), run.recorder.globals, roots, machine.history.inert);
  const candidates = [...wanted].map(([h, serial]): CandidateHolders => {
    const seen = visits.get(h) ?? new Map<Handle, number>();
    const holders = tellApart(past, h, raw.get(h) ?? [], seen);
    // What counts comes first, so that a long list is cut where it matters least.
    holders.sort((a, b) => Number(b.inside) - Number(a.inside));
    const left = holders.slice(SNAPSHOT_LIMITS.holders);
    const sum = (inside: boolean) => left.reduce((n, by) => n + (by.inside === inside ? by.references : 0), 0);
    return {
      serial,
      holders: holders.slice(0, SNAPSHOT_LIMITS.holders),
      omitted: { inside: sum(true), outside: sum(false) },
    };
  });
  return candidates.sort((a, b) => listed.get(a.serial)! - listed.get(b.serial)!);
}

/** How often each candidate's tp_traverse visits each of the wanted: what `subtract_refs` takes off. */
function visitsOf(
  { ip }: Past,
  candidates: Int32Array,
  wanted: ReadonlyMap<Handle, number>,
): Map<Handle, Map<Handle, number>> {
  const visits = new Map<Handle, Map<Handle, number>>();
  for (const from of candidates) {
    ip.heap.slots(from).tp_traverse?.(ip, from, (to) => {
      if (!wanted.has(to)) return;
      let by = visits.get(to);
      if (by === undefined) {
        by = new Map();
        visits.set(to, by);
      }
      by.set(from, (by.get(from) ?? 0) + 1);
    });
  }
  return visits;
}

function tellApart(past: Past, h: Handle, raw: readonly RawHolder[], seen: Map<Handle, number>): CandidateHolder[] {
  const { ip, run } = past;
  const { globals } = run.recorder;
  const ref = (owner: Handle) => (owner === 0 ? null : objectRef(ip, owner, past.serial(owner)));
  const holders: CandidateHolder[] = [];
  let known = 0;
  for (const holder of raw) {
    const { kind, owner, frame, times = 1, lastLabel } = holder;
    known += times;
    // A name has no owner that is shown, but the collector sees the namespace that it is in.
    const from = kind === 'name' ? globals : owner;
    const inside = Math.min(times, seen.get(from) ?? 0);
    if (inside > 0) seen.set(from, seen.get(from)! - inside);
    const labels = [holder.label, lastLabel ?? holder.label].sort((a, b) => itemIndex(a) - itemIndex(b));
    const label = labels[0] === labels[1] ? holder.label : labels.join(' to ');
    const base = { kind, label, from: ref(speakerFor(ip, owner)), frame };
    if (inside > 0) holders.push({ ...base, inside: true, references: inside });
    if (times > inside) holders.push({ ...base, inside: false, references: times - inside });
  }
  const rest = (label: string, from: Handle, inside: boolean, references: number) =>
    holders.push({ kind: 'internal', label, from: ref(from), frame: null, inside, references });
  for (const [from, times] of seen) {
    if (times === 0) continue;
    known += times;
    rest(`held by a ${ip.tp(from).name}`, from, true, times);
  }
  const left = ip.mem[h]! - known;
  if (left > 0) rest('built-in code that is running', 0, false, left);
  return holders;
}
