/**
 * The MemoryReport of a cell: its steps with what each changed, reduced to what is worth showing.
 */
import type { Interpreter } from '../vm/interpreter';
import { copyRoots } from './holders';
import type { CellRecorder, LineNote } from './recorder';
import { type RawDeath, type RawStep, Replay } from './replay';
import {
  SNAPSHOT_LIMITS,
  type CollectorState,
  type Counted,
  type Death,
  type MemoryReport,
  type MemoryState,
  type NamedReference,
  type Step,
  type UnnamedObject,
} from './snapshot';
import { LEAF_TYPES, type RawCounted, type RawState, readState } from './state';

export function buildReport(recorder: CellRecorder, raised: boolean): MemoryReport {
  return new ReportBuilder(recorder, raised).build();
}

class ReportBuilder {
  private readonly live: Interpreter;
  private quiet = 0;

  constructor(
    private readonly recorder: CellRecorder,
    private readonly raised: boolean,
  ) {
    this.live = recorder.ip;
  }

  build(): MemoryReport {
    const { recorder, live } = this;
    const { head, tail, opening, log } = recorder;
    const roots = copyRoots(live, recorder.framesFrom(live.frame));
    const end: LineNote = {
      kind: 'end',
      event: log.length,
      since: log.length,
      line: 0,
      endLine: 0,
      frame: null,
      elsewhere: null,
      roots,
      index: recorder.lines + 1,
      collections: recorder.collections.length,
    };
    const before = recorder.before ?? readState(recorder.present(roots));
    const kept = new Replay(recorder).steps(opening === null ? [...head, ...tail] : tail, end);
    return this.assemble(before, this.joined([...(opening?.steps ?? []), ...kept], before));
  }

  /** Without the rests of lines that follow on their beginnings; and these, and the end, where they did nothing shown. */
  private joined(steps: readonly RawStep[], before: RawState): RawStep[] {
    const out: RawStep[] = [];
    for (const step of steps) {
      const last = out.at(-1);
      const isSameLine = step.note.kind === 'rest of line' && last?.note.since === step.note.since;
      const isQuiet =
        step.died.every((d) => !this.isWorthTelling(d)) &&
        step.note.collections === step.next.collections &&
        picture(step.after) === picture(last?.after ?? before);
      if (step.note.kind === 'line' || last === undefined || !(isQuiet || isSameLine)) out.push({ ...step });
      else {
        this.quiet++;
        last.died = [...last.died, ...step.died];
        last.after = step.after;
        last.next = step.next;
      }
    }
    return out;
  }

  // ---- putting it together -----------------------------------------------------------------------------------------------

  private assemble(before: RawState, steps: readonly RawStep[]): MemoryReport {
    const { recorder } = this;
    const base = new Map<number, number>();
    for (const { counted } of [...before.rows, ...before.unnamed]) {
      if (counted.count !== null) base.set(counted.object.serial, counted.count);
    }
    const state = (raw: RawState) => memoryState(raw, base);
    const lastLine = steps.findLastIndex(({ note }) => note.kind !== 'end');
    const out = steps.map(({ note, after, died, next }, i): Step => {
      const inOrder = died.toSorted((a, b) => a.startedAt - b.startedAt);
      const shown = inOrder.filter((d) => this.isWorthTelling(d)).map(deathOf);
      return {
        kind: note.kind === 'end' ? 'end' : 'line',
        index: note.index,
        line: note.line,
        endLine: note.endLine,
        frame: note.frame,
        elsewhere: note.elsewhere,
        calls: next.kind === 'line' && next.roots.frames.length > note.roots.frames.length ? next.frame : null,
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
      // Rests of lines that did nothing are no steps, as far as is known.
      stepsExecuted: recorder.lines - this.quiet,
      collections: recorder.collections.map((c) => c.report),
      collectionsOmitted: recorder.collectionsOmitted,
      collector: this.collectorState(),
    };
  }

  /** Deaths of what the program made; not of the interpreter's own passing things, nor of a line's passing values. */
  private isWorthTelling(death: RawDeath): boolean {
    const isTold = this.isOfTheProgram(death);
    if (!isTold && death.object !== null) this.untold.add(death.object.serial);
    return isTold;
  }

  /** What only these held is not told either. */
  private readonly untold = new Set<number>();

  private isOfTheProgram(death: RawDeath): boolean {
    const { object, names, cause, because } = death;
    if (object === null) return false;
    const { type, serial } = object;
    if (LEAF_TYPES.has(type)) return death.hadGlobalName;
    if (INTERNAL_TYPES.has(type)) return false;
    if (names.length > 0 || cause === 'cycle collected') return true;
    const [known, constants] = this.recorder.constants;
    if ((serial > known && serial <= constants) || this.recorder.machinery.has(serial)) return false;
    // The arguments of an exception are as good as its text.
    if (death.isAftermath && type === 'tuple') return false;
    if (because !== null) return because.type !== 'code' && !this.untold.has(because.serial);
    const slots = this.live.heap.types.find((t) => t !== null && t.name === type);
    const bornOnThisLine = this.recorder.births.eventOf(serial) >= death.since;
    return slots?.isHeapType === true || (slots?.isGc === true && !bornOnThisLine);
  }

  private collectorState(): CollectorState {
    return collectorState(this.recorder);
  }
}

/** As the collector stands now. */
export function collectorState({ collector, ip }: CellRecorder): CollectorState {
  const counts = collector.getCounts();
  const thresholds = collector.getThresholds();
  const generation = (i: 0 | 1 | 2) => ({
    count: counts[i],
    threshold: thresholds[i],
    objects: collector.objectsOf(i).length,
    stats: { ...collector.stats[i]! },
  });
  return { enabled: ip.heap.gcEnabled, generations: [generation(0), generation(1), generation(2)] };
}

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
function deathOf({ object, cause, line, names, because, isAftermath }: RawDeath): Death {
  return { object: object!, cause, line, names, because: isAftermath ? null : because };
}

/** What a state shows, for comparison. */
function picture({ rows, unnamed }: RawState): string {
  const counted = ({ object, count }: RawCounted) => `${object.serial}:${object.repr}:${count}`;
  return [
    ...rows.map(({ row, counted: c }) => `${row.depth} ${row.frame} ${row.name} ${counted(c)}`),
    ...unnamed.map(({ counted: c }) => counted(c)),
  ].join('\n');
}

/** @param base counts to compare with, by serial */
export function memoryState(raw: RawState, base: ReadonlyMap<number, number>): MemoryState {
  return {
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
  };
}

export function withChange(counted: RawCounted, base: ReadonlyMap<number, number>): Counted {
  const change = counted.count === null ? null : counted.count - (base.get(counted.object.serial) ?? 0);
  return { ...counted, change };
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
