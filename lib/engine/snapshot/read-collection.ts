/** Who held the candidates of a collection when it began, told apart as the collector does: from inside and outside. */
import type { Handle } from '../heap/layout';
import { type RawHolder, findHolders } from './holders';
import { SNAPSHOT_LIMITS } from './snapshot';
import { itemIndex, objectRef, speakerFor } from './state';
import type { Past, Run, TimeMachine } from './time-machine';
import type { CandidateHolder, CollectionHoldersReading } from './trace-types';

/** Null: the moment, or which objects were candidates, is not recorded any more. */
export function readCollectionHolders(machine: TimeMachine, run: Run, number: number): CollectionHoldersReading | null {
  const phases = run.collections[number]?.phases;
  if (phases === undefined || phases.began < 0 || phases.handles === null) return null;
  const past = machine.pastAtEvent(run, phases.began);
  const { ip, roots } = past;
  const listed = new Set(phases.candidates.map(({ object }) => object.serial));
  const wanted = new Map<Handle, number>();
  for (const h of phases.handles) {
    const serial = past.serial(h);
    if (listed.has(serial)) wanted.set(h, serial);
  }
  const visits = visitsOf(past, phases.handles, wanted);
  const raw = findHolders(ip, new Set(wanted.keys()), run.recorder.globals, roots, machine.history.inert);
  const candidates = [...wanted].map(([h, serial]) => {
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
  const order = new Map(phases.candidates.map(({ object }, i) => [object.serial, i]));
  candidates.sort((a, b) => order.get(a.serial)! - order.get(b.serial)!);
  return { run: run.summary.run, number, candidates };
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
