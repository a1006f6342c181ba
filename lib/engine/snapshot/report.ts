/**
 * The MemoryReport of a cell: the states between its lines, rebuilt from the end backwards by undoing the log, each
 * with the names, the counts, who holds what, and what died on the way.
 */
import { visitOwned } from '../debug/audit';
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { cellValue } from '../objects/cell';
import { dictItemsArray } from '../objects/dict';
import { BORROWED } from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { MarkCode } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';
import { findHolders, type FrameCopy, type RawHolder } from './holders';
import type { Named } from './history';
import { MemoryView } from './memory-view';
import { CellRecorder, copyFrames, objectRef, type LineNote } from './recorder';
import {
  SNAPSHOT_LIMITS, type CollectorState, type Counted, type Death, type Holder, type MemoryReport, type MemoryState,
  type NamedReference, type ObjectRef, type Step, type UnnamedObject,
} from './snapshot';

/** A row before it is counted. */
interface RawRow {
  name: string;
  scope: 'global' | 'local' | 'closure';
  frame: string | null;
  depth: number;
  handle: Handle;
}

interface RawState {
  rows: { row: RawRow; counted: RawCounted }[];
  unnamed: { names: readonly string[]; counted: RawCounted }[];
  allocated: number;
  omitted: number;
}

interface RawCounted {
  object: ObjectRef;
  count: number | null;
  holders: Holder[];
  holdersOmitted: number;
}

interface RawDeath {
  death: { -readonly [K in keyof Death]: Death[K] };
  handle: Handle;
}

export function buildReport(recorder: CellRecorder, raised: boolean): MemoryReport {
  return new ReportBuilder(recorder, raised).build();
}

class ReportBuilder {
  private readonly view: MemoryView;
  /** Serial numbers as they were at the view's moment, where they differ from now. */
  private readonly past = new Map<Handle, number>();
  private birth: number;
  private readonly live: Interpreter;

  constructor(private readonly recorder: CellRecorder, private readonly raised: boolean) {
    this.live = recorder.ip;
    this.view = new MemoryView(recorder.ip, recorder.log);
    this.birth = recorder.births.length - 1;
  }

  build(): MemoryReport {
    const { recorder } = this;
    const notes = [...recorder.head, ...recorder.tail];
    const end: LineNote = {
      event: recorder.log.eventCount, line: 0, endLine: 0, frame: null, frames: copyFrames(this.live, this.live.frame, recorder.globals),
      index: recorder.lines + 1, named: [...recorder.history.named.values()], collections: recorder.collections.length,
    };
    const full = recorder.log.full;
    let after = this.state(end);
    const steps: { note: LineNote; after: RawState; died: RawDeath[]; next: LineNote }[] = [];
    for (let i = notes.length - 1; i >= 0 && !full; i--) {
      const note = notes[i]!;
      const next = notes[i + 1] ?? end;
      const died = this.rewind(note);
      // Across the thinned middle the states on both sides do not belong to one line.
      if (next.index === note.index + 1) steps.unshift({ note, after, died, next });
      after = this.state(note);
    }
    this.rewind({ ...end, event: 0 });
    const before = full ? after : this.state({ ...end, event: 0, frames: [], named: notes[0]?.named ?? end.named });
    return this.assemble(before, steps, end);
  }

  private serial(h: Handle): number {
    return this.past.get(h) ?? this.recorder.history.serialOf(h);
  }

  /** Goes back to the note's moment; what died since then, in order of death. */
  private rewind(note: LineNote): RawDeath[] {
    const died: RawDeath[] = [];
    const { view, recorder } = this;
    view.rewind(note.event, (code, a, b) => {
      while (this.birth >= 0 && recorder.births[this.birth]!.event >= view.position) {
        const birth = recorder.births[this.birth--]!;
        this.past.set(birth.handle, birth.before);
      }
      if (code !== MarkCode.Deallocating) return;
      const ref = objectRef(view.ip, a, this.serial(a));
      const owned = new Set<Handle>();
      visitOwned(view.ip, a, (child) => owned.add(child));
      for (const inner of died) {
        if (inner.death.because === null && owned.has(inner.handle)) inner.death.because = ref;
      }
      died.unshift({
        handle: a,
        death: {
          object: ref, cause: b === 1 ? 'cycle collected' : 'count reached zero', line: note.line,
          names: note.named.find((n) => n.serial === ref.serial)?.names ?? [], because: null,
        },
      });
    });
    return died;
  }

  // ---- one state -------------------------------------------------------------------------------------------------------

  private state(note: LineNote): RawState {
    const ip = this.view.ip;
    const rows = this.rows(ip, note);
    const wanted = new Set(rows.map((r) => r.handle));
    const lost: Named[] = [];
    for (const named of note.named) {
      if (wanted.has(named.handle) || ip.mem[named.handle]! === 0 || this.serial(named.handle) !== named.serial) continue;
      if (ip.mem[named.handle]! < 0) continue;
      lost.push(named);
    }
    for (const named of lost) wanted.add(named.handle);
    const holders = findHolders(ip, wanted, this.recorder.globals, note.frames, this.recorder.history.inert);
    const limit = SNAPSHOT_LIMITS.references;
    return {
      rows: rows.slice(0, limit).map((row) => ({ row, counted: this.counted(ip, row.handle, holders.get(row.handle)!) })),
      unnamed: lost.slice(0, limit).map((n) => ({ names: n.names, counted: this.counted(ip, n.handle, holders.get(n.handle)!) })),
      omitted: Math.max(0, rows.length - limit) + Math.max(0, lost.length - limit),
      allocated: this.birth >= 0 ? this.recorder.births[this.birth]!.serial : this.firstSerial(),
    };
  }

  private firstSerial(): number {
    const first = this.recorder.births[0];
    return first === undefined ? this.recorder.history.allocated : first.serial - 1;
  }

  private rows(ip: Interpreter, note: LineNote): RawRow[] {
    const rows: RawRow[] = [];
    for (const [key, value] of dictItemsArray(ip, this.recorder.globals)) {
      if (!ip.is(key, ip.types.str)) continue;
      const name = strValue(ip, key);
      if (this.recorder.shows(name, value)) rows.push({ name, scope: 'global', frame: null, depth: 0, handle: value });
    }
    for (let i = note.frames.length - 1; i >= 0; i--) rows.push(...frameRows(ip, note.frames[i]!));
    return rows;
  }

  private counted(ip: Interpreter, h: Handle, raw: RawHolder[]): RawCounted {
    const object = objectRef(ip, h, this.serial(h));
    if (object.immortal) return { object, count: null, holders: [], holdersOmitted: 0 };
    const holders = mergeHolders(raw.map((r) => this.holder(ip, r)));
    const limit = SNAPSHOT_LIMITS.holders;
    const omitted = holders.slice(limit).reduce((n, x) => n + x.references, 0);
    return { object, count: ip.mem[h]!, holders: holders.slice(0, limit), holdersOmitted: omitted };
  }

  private holder(ip: Interpreter, raw: RawHolder): Holder {
    return {
      kind: raw.kind, label: raw.label, frame: raw.frame, references: 1,
      holder: raw.owner === 0 ? null : objectRef(ip, this.owner(ip, raw.owner), this.serial(raw.owner)),
    };
  }

  /** An embedded `__dict__` speaks for its instance. */
  private owner(ip: Interpreter, h: Handle): Handle {
    return ip.is(h, ip.types.dict) && ip.mem[h + 4] !== 0 ? ip.mem[h + 4]! : h;
  }

  // ---- putting it together -----------------------------------------------------------------------------------------------

  private assemble(
    before: RawState, steps: { note: LineNote; after: RawState; died: RawDeath[]; next: LineNote }[], end: LineNote,
  ): MemoryReport {
    const base = new Map<number, number>();
    for (const { counted } of [...before.rows, ...before.unnamed]) {
      if (counted.count !== null) base.set(counted.object.serial, counted.count);
    }
    const state = (raw: RawState): MemoryState => ({
      references: raw.rows.map(({ row, counted }): NamedReference => ({
        name: row.name, scope: row.scope, frame: row.frame, depth: row.depth, ...withChange(counted, base),
      })),
      unnamed: raw.unnamed.map(({ names, counted }): UnnamedObject => ({ lastNames: names, ...withChange(counted, base) })),
      omitted: raw.omitted,
      allocated: raw.allocated,
    });
    const out = steps.map(({ note, after, died, next }, i): Step => {
      const shown = died.filter((d) => this.isWorthTelling(d, note)).map((d) => d.death);
      return {
        kind: 'line', index: note.index, line: note.line, endLine: note.endLine, frame: note.frame,
        raised: this.raised && i === steps.length - 1,
        died: shown.slice(0, SNAPSHOT_LIMITS.objects),
        diedOmitted: Math.max(0, shown.length - SNAPSHOT_LIMITS.objects),
        collections: range(note.collections, next.collections),
        ...state(after),
      };
    });
    return {
      schema: 1,
      profile: this.live.facts.name,
      before: state(before),
      steps: thin(out),
      stepsExecuted: this.recorder.lines,
      collections: this.recorder.collections.map((c) => c.report),
      collectionsOmitted: this.recorder.collectionsOmitted,
      collector: this.collectorState(end),
    };
  }

  /** Deaths of what the program made and named; not of the interpreter's own passing things. */
  private isWorthTelling({ death }: RawDeath, note: LineNote): boolean {
    if (death.names.length > 0 || death.cause === 'cycle collected') return !INTERNAL_TYPES.has(death.object.type);
    if (INTERNAL_TYPES.has(death.object.type)) return false;
    if (death.because !== null) return true;
    const type = this.live.heap.types.find((t) => t !== null && t.name === death.object.type);
    const bornOnThisLine = this.recorder.births.some((b) => b.serial === death.object.serial && b.event >= note.event);
    return type?.isHeapType === true || (type?.isGc === true && !bornOnThisLine);
  }

  private collectorState(_end: LineNote): CollectorState {
    const { collector } = this.recorder;
    const counts = collector.getCounts();
    const thresholds = collector.getThresholds();
    const generation = (i: 0 | 1 | 2) => ({
      count: counts[i], threshold: thresholds[i], objects: collector.objectsOf(i).length, stats: { ...collector.stats[i]! },
    });
    return { enabled: this.live.heap.gcEnabled, generations: [generation(0), generation(1), generation(2)] };
  }
}

const INTERNAL_TYPES: ReadonlySet<string> = new Set([
  'code', 'frame', 'traceback', 'cell', 'builtin_function_or_method', 'method', 'method-wrapper', 'int', 'float', 'str',
  'list_iterator', 'tuple_iterator', 'range_iterator', 'dict_keyiterator', 'dict_itemiterator', 'dict_valueiterator',
  'set_iterator', 'str_iterator', 'str_ascii_iterator', 'enumerate', 'zip', 'range', 'slice', 'bytes',
]);

function frameRows(ip: Interpreter, frame: FrameCopy): RawRow[] {
  if (frame.isModule) return [];
  const { unit } = codeRuntime(ip, frame.code);
  const rows: RawRow[] = [];
  unit.localsplusnames.forEach((name, i) => {
    let handle = frame.slots[i] === undefined ? 0 : frame.slots[i]! & ~BORROWED;
    if (handle === 0 || name.startsWith('.')) return;
    let scope: RawRow['scope'] = 'local';
    if ((unit.localspluskinds[i]! & 0xc0) !== 0 && ip.is(handle, ip.types.cell)) {
      handle = cellValue(ip, handle);
      scope = 'closure';
      if (handle === 0) return;
    }
    rows.push({ name, scope, frame: frame.name, depth: frame.depth, handle });
  });
  return rows;
}

function withChange(counted: RawCounted, base: ReadonlyMap<number, number>): Counted {
  const change = counted.count === null ? null : counted.count - (base.get(counted.object.serial) ?? 0);
  return { ...counted, change };
}

/** Equal slots of one holder become one line: `[0] to [9]`. */
function mergeHolders(holders: Holder[]): Holder[] {
  const out: { -readonly [K in keyof Holder]: Holder[K] }[] = [];
  const groups = new Map<string, { entry: (typeof out)[number]; first: string }>();
  for (const h of holders) {
    const key = `${h.kind}|${h.holder?.serial ?? h.label}|${h.frame}|${h.kind === 'item' || h.kind === 'internal' ? '' : h.label}`;
    const group = groups.get(key);
    if (group === undefined || (h.holder === null && h.kind !== 'internal' && h.kind !== 'stack')) {
      const entry = { ...h };
      out.push(entry);
      groups.set(key, { entry, first: h.label });
      continue;
    }
    group.entry.references += h.references;
    if (h.kind === 'item' && group.first !== h.label) group.entry.label = `${group.first} to ${h.label}`;
  }
  return out;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Keeps the first and the last steps within the bounds on steps and rows. */
function thin(steps: Step[]): Step[] {
  const rows = (s: Step) => s.references.length + s.unnamed.length;
  let total = steps.reduce((n, s) => n + rows(s), 0);
  const kept = [...steps];
  while (kept.length > 2 && (kept.length > SNAPSHOT_LIMITS.steps || total > SNAPSHOT_LIMITS.rows)) {
    const [removed] = kept.splice(kept.length >> 1, 1);
    total -= rows(removed!);
  }
  return kept;
}
