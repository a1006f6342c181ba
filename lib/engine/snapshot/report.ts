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
import { type CellRecorder, objectRef, type LineNote } from './recorder';
import {
  SNAPSHOT_LIMITS,
  type CollectorState,
  type Counted,
  type Death,
  type Holder,
  type MemoryReport,
  type MemoryState,
  type NamedReference,
  type ObjectRef,
  type Step,
  type UnnamedObject,
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

/** A death as it is found walking backwards: first that the memory was given back, then what it had been. */
interface RawDeath {
  readonly handle: Handle;
  readonly freedAt: number;
  startedAt: number;
  readonly cause: Death['cause'];
  line: number;
  object: ObjectRef | null;
  names: readonly string[];
  hadGlobalName: boolean;
  because: ObjectRef | null;
}

interface RawStep {
  readonly note: LineNote;
  after: RawState;
  died: RawDeath[];
  next: LineNote;
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

  constructor(
    private readonly recorder: CellRecorder,
    private readonly raised: boolean,
  ) {
    this.live = recorder.ip;
    this.view = new MemoryView(recorder.ip, recorder.log);
    this.birth = recorder.births.length - 1;
  }

  build(): MemoryReport {
    const { recorder } = this;
    const notes = [...recorder.head, ...recorder.tail];
    const end: LineNote = {
      kind: 'end',
      event: recorder.log.eventCount,
      since: 0,
      line: 0,
      endLine: 0,
      frame: null,
      elsewhere: null,
      frames: recorder.framesFrom(this.live.frame),
      index: recorder.lines + 1,
      named: [...recorder.history.named.values()],
      collections: recorder.collections.length,
    };
    const full = recorder.log.full;
    let after = this.state(end);
    let steps: RawStep[] = [];
    for (let i = notes.length - 1; i >= 0 && !full; i--) {
      const note = notes[i]!;
      const next = notes[i + 1] ?? end;
      const died = this.rewind(note);
      // Across the thinned middle the states on both sides do not belong to one line.
      if (next.index === note.index + 1) steps.push({ note, after, died, next });
      after = this.state(note);
    }
    this.rewind({ ...end, event: 0 });
    const before = full ? after : this.state({ ...end, event: 0, frames: [], named: notes[0]?.named ?? end.named });
    steps = this.joined(steps.reverse(), before);
    return this.assemble(before, steps);
  }

  /** Without the rests of lines that follow on their beginnings; and these, and the end, where they did nothing shown. */
  private joined(steps: readonly RawStep[], before: RawState): RawStep[] {
    const out: RawStep[] = [];
    for (const step of steps) {
      const last = out.at(-1);
      const isSameLine = step.note.kind === 'rest of line' && last?.note.since === step.note.since;
      const isQuiet =
        step.died.every((d) => !this.isWorthTelling(d, step.note)) &&
        step.note.collections === step.next.collections &&
        picture(step.after) === picture(last?.after ?? before);
      if (step.note.kind === 'line' || last === undefined || !(isQuiet || isSameLine)) out.push({ ...step });
      else {
        last.died = [...last.died, ...step.died];
        last.after = step.after;
        last.next = step.next;
      }
    }
    return out;
  }

  private serial(h: Handle): number {
    return this.past.get(h) ?? this.recorder.history.serialOf(h);
  }

  /** Deaths whose beginning has not been reached yet on the way back: a finalizer ran in between. */
  private readonly open = new Map<Handle, RawDeath>();

  /** Goes back to the note's moment; what died since then, in order of death. */
  private rewind(note: LineNote): RawDeath[] {
    const died: RawDeath[] = [];
    const leaves: { event: number; code: Handle }[] = [];
    const { view, recorder, open } = this;
    view.rewind(note.event, (code, a, b) => {
      while (this.birth >= 0 && recorder.births[this.birth]!.event >= view.position) {
        const birth = recorder.births[this.birth--]!;
        this.past.set(birth.handle, birth.before);
      }
      if (code === MarkCode.Frame) leaves.push({ event: view.position, code: a });
      else if (code === MarkCode.Freed) {
        const death: RawDeath = {
          handle: a,
          freedAt: view.position,
          startedAt: 0,
          cause: b === 1 ? 'cycle collected' : 'count reached zero',
          line: note.line,
          object: null,
          names: [],
          hadGlobalName: false,
          because: null,
        };
        open.set(a, death);
        died.push(death);
      } else if (code === MarkCode.Deallocating) this.dealloc(a, note);
    });
    died.reverse();
    placeDeaths(died, leaves.reverse(), note);
    return died;
  }

  /** What an object was when it began to die; without a death to come it was saved by its finalizer. */
  private dealloc(h: Handle, note: LineNote): void {
    const { view, open } = this;
    const death = open.get(h);
    if (death === undefined) return;
    open.delete(h);
    death.startedAt = view.position;
    death.object = objectRef(view.ip, h, this.serial(h));
    const { serial } = death.object;
    const named = note.named.find((n) => n.serial === serial) ?? this.recorder.history.named.get(serial);
    death.names = named?.names ?? [];
    death.hadGlobalName = (named?.globals ?? 0) > 0;
    // What it held and what was freed before it was: that went with it.
    visitOwned(view.ip, h, (child) => {
      const inner = this.lastDeaths.get(child);
      if (inner !== undefined && inner.freedAt < death.freedAt && inner.because === null) inner.because = death.object;
    });
    this.lastDeaths.set(h, death);
  }

  /** By handle, the earliest death known so far on the way back. */
  private readonly lastDeaths = new Map<Handle, RawDeath>();

  // ---- one state -------------------------------------------------------------------------------------------------------

  private state(note: LineNote): RawState {
    const ip = this.view.ip;
    const rows = this.rows(ip, note);
    const wanted = new Set(rows.map((r) => r.handle));
    const lost: Named[] = [];
    for (const named of note.named) {
      if (wanted.has(named.handle) || ip.mem[named.handle]! === 0 || this.serial(named.handle) !== named.serial)
        continue;
      if (ip.mem[named.handle]! < 0 || this.isLeaf(ip, named.handle)) continue;
      lost.push(named);
    }
    for (const named of lost) wanted.add(named.handle);
    const holders = findHolders(ip, wanted, this.recorder.globals, note.frames, this.recorder.history.inert);
    const limit = SNAPSHOT_LIMITS.references;
    return {
      rows: rows
        .slice(0, limit)
        .map((row) => ({ row, counted: this.counted(ip, row.handle, holders.get(row.handle)!) })),
      unnamed: lost
        .slice(0, limit)
        .map((n) => ({ names: n.names, counted: this.counted(ip, n.handle, holders.get(n.handle)!) })),
      omitted: Math.max(0, rows.length - limit) + Math.max(0, lost.length - limit),
      allocated: this.birth >= 0 ? this.recorder.births[this.birth]!.serial : this.firstSerial(),
    };
  }

  /** A number or a text: that a program still holds one somewhere is nothing to tell. */
  private isLeaf(ip: Interpreter, h: Handle): boolean {
    return LEAF_TYPES.has(ip.tp(h).name);
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
      kind: raw.kind,
      label: raw.label,
      frame: raw.frame,
      references: 1,
      holder: raw.owner === 0 ? null : objectRef(ip, this.owner(ip, raw.owner), this.serial(raw.owner)),
    };
  }

  /** An embedded `__dict__` speaks for its instance. */
  private owner(ip: Interpreter, h: Handle): Handle {
    return ip.is(h, ip.types.dict) && ip.mem[h + 4] !== 0 ? ip.mem[h + 4]! : h;
  }

  // ---- putting it together -----------------------------------------------------------------------------------------------

  private assemble(before: RawState, steps: readonly RawStep[]): MemoryReport {
    const { recorder } = this;
    const base = new Map<number, number>();
    for (const { counted } of [...before.rows, ...before.unnamed]) {
      if (counted.count !== null) base.set(counted.object.serial, counted.count);
    }
    const state = (raw: RawState): MemoryState => ({
      references: raw.rows.map(
        ({ row, counted }): NamedReference => ({
          name: row.name,
          scope: row.scope,
          frame: row.frame,
          depth: row.depth,
          ...withChange(counted, base),
        }),
      ),
      unnamed: raw.unnamed.map(
        ({ names, counted }): UnnamedObject => ({ lastNames: names, ...withChange(counted, base) }),
      ),
      omitted: raw.omitted,
      allocated: raw.allocated,
    });
    const lastLine = steps.findLastIndex(({ note }) => note.kind !== 'end');
    const out = steps.map(({ note, after, died, next }, i): Step => {
      const inOrder = died.toSorted((a, b) => a.startedAt - b.startedAt);
      const shown = inOrder.filter((d) => this.isWorthTelling(d, note)).map(deathOf);
      return {
        kind: note.kind === 'end' ? 'end' : 'line',
        index: note.index,
        line: note.line,
        endLine: note.endLine,
        frame: note.frame,
        elsewhere: note.elsewhere,
        isInterrupted: next.kind === 'line' && next.frames.length > note.frames.length,
        raised: this.raised && i === lastLine,
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
      // Lines, and those rests of lines that did something.
      stepsExecuted:
        recorder.lines - (Math.min(recorder.lines, recorder.head.length + recorder.tail.length) - steps.length),
      collections: recorder.collections.map((c) => c.report),
      collectionsOmitted: recorder.collectionsOmitted,
      collector: this.collectorState(),
    };
  }

  /** Deaths of what the program made; not of the interpreter's own passing things, nor of a line's passing values. */
  private isWorthTelling(death: RawDeath, note: LineNote): boolean {
    const isTold = this.isOfTheProgram(death, note);
    if (!isTold && death.object !== null) this.untold.add(death.object.serial);
    return isTold;
  }

  /** What only these held is not told either. */
  private readonly untold = new Set<number>();

  private isOfTheProgram({ object, names, cause, because, hadGlobalName }: RawDeath, note: LineNote): boolean {
    if (object === null) return false;
    const { type, serial } = object;
    if (LEAF_TYPES.has(type)) return hadGlobalName;
    if (INTERNAL_TYPES.has(type)) return false;
    if (names.length > 0 || cause === 'cycle collected') return true;
    const [known, constants] = this.recorder.constants;
    if ((serial > known && serial <= constants) || this.recorder.machinery.has(serial)) return false;
    if (because !== null) return because.type !== 'code' && !this.untold.has(because.serial);
    const slots = this.live.heap.types.find((t) => t !== null && t.name === type);
    const bornOnThisLine = this.recorder.births.some((b) => b.serial === serial && b.event >= note.since);
    return slots?.isHeapType === true || (slots?.isGc === true && !bornOnThisLine);
  }

  private collectorState(): CollectorState {
    const { collector } = this.recorder;
    const counts = collector.getCounts();
    const thresholds = collector.getThresholds();
    const generation = (i: 0 | 1 | 2) => ({
      count: counts[i],
      threshold: thresholds[i],
      objects: collector.objectsOf(i).length,
      stats: { ...collector.stats[i]! },
    });
    return { enabled: this.live.heap.gcEnabled, generations: [generation(0), generation(1), generation(2)] };
  }
}

const LEAF_TYPES: ReadonlySet<string> = new Set(['int', 'float', 'complex', 'str', 'bytes']);
const INTERNAL_TYPES: ReadonlySet<string> = new Set([
  'code',
  'frame',
  'traceback',
  'cell',
  'builtin_function_or_method',
  'method',
  'method-wrapper',
  'list_iterator',
  'tuple_iterator',
  'range_iterator',
  'dict_keyiterator',
  'dict_itemiterator',
  'dict_valueiterator',
  'set_iterator',
  'str_iterator',
  'str_ascii_iterator',
  'enumerate',
  'zip',
  'range',
  'slice',
]);
/** Names of the compiler's making. */
const HIDDEN_NAMES: ReadonlySet<string> = new Set(['__class__', '__classdict__', '__conditional_annotations__']);

function deathOf({ object, cause, line, names, because }: RawDeath): Death {
  return { object: object!, cause, line, names, because };
}

/** The line of each death: after a frame was left in the middle of the interval, its caller's line. */
function placeDeaths(
  died: readonly RawDeath[],
  leaves: readonly { event: number; code: Handle }[],
  note: LineNote,
): void {
  const frames = [...note.frames];
  let left = 0;
  for (const death of died) {
    for (; left < leaves.length && leaves[left]!.event < death.freedAt; left++) {
      if (frames.length > 1 && frames[0]!.code === leaves[left]!.code) frames.shift();
    }
    death.line = frames.find((f) => f.cellLine > 0)?.cellLine ?? note.line;
  }
}

/** What a state shows, for comparison. */
function picture({ rows, unnamed }: RawState): string {
  const counted = ({ object, count }: RawCounted) => `${object.serial}:${object.repr}:${count}`;
  return [
    ...rows.map(({ row, counted: c }) => `${row.depth} ${row.frame} ${row.name} ${counted(c)}`),
    ...unnamed.map(({ counted: c }) => counted(c)),
  ].join('\n');
}

function frameRows(ip: Interpreter, frame: FrameCopy): RawRow[] {
  if (frame.isModule) return [];
  const { unit } = codeRuntime(ip, frame.code);
  const rows: RawRow[] = [];
  unit.localsplusnames.forEach((name, i) => {
    let handle = frame.slots[i] === undefined ? 0 : frame.slots[i]! & ~BORROWED;
    if (handle === 0 || name.startsWith('.') || HIDDEN_NAMES.has(name)) return;
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
