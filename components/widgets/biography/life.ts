/** An object's recorded life as entries, one for each step that changed something: what a list and a text are made of. */
import type { BiographyEvent, BiographyReading, Moment } from '../../../lib/engine/snapshot/trace-types';

export interface Entry {
  /** The step; what it did is true from the moment after it on. */
  readonly step: Moment;
  readonly line: number;
  readonly filename: string;
  readonly events: readonly BiographyEvent[];
  /** The count after it; null: not counted. */
  readonly count: number | null;
  /** Nothing but the passing of a reference over the value stack. */
  readonly isPassing: boolean;
}

export type LifeItem =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** What follows happened in another run: where a life goes over several. */
  | { readonly kind: 'run'; readonly run: number }
  /** Steps that are left out. */
  | { readonly kind: 'gap'; readonly steps: number }
  /** Where the learner stands. */
  | { readonly kind: 'here' };

/** Interpreter-internal holders that come and go within a line. */
const isPassing = ({ kind, holder }: BiographyEvent): boolean =>
  kind === 'count' ||
  ((kind === 'gained' || kind === 'lost') && (holder?.kind === 'stack' || holder?.label === BUILTIN));

/** As the engine calls what built-in code owns. */
const BUILTIN = 'built-in code that is running';

export function entriesOf({ events }: Pick<BiographyReading, 'events'>): readonly Entry[] {
  const groups: BiographyEvent[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    const last = group?.[0]?.at;
    if (group && last?.run === event.at.run && last.step === event.at.step) group.push(event);
    else groups.push([event]);
  }
  return groups.map((group) => {
    const first = group[0]!;
    return {
      step: first.at,
      line: first.line,
      filename: first.filename,
      events: group,
      count: group.at(-1)!.count,
      isPassing: group.every(isPassing),
    };
  });
}

export const momentAfter = ({ step }: Entry): Moment => ({ run: step.run, step: step.step + 1 });

/** What a step did is past at a moment. */
export const isPast = (entry: Entry, at: Moment): boolean =>
  entry.step.run < at.run || (entry.step.run === at.run && entry.step.step < at.step);

/** The life as it is listed: with the place of the learner, and of what is left out. */
export function lifeItems(
  reading: BiographyReading,
  at: Moment,
  showsPassing: boolean,
): { readonly items: readonly LifeItem[]; readonly hidden: number } {
  const items: LifeItem[] = [];
  let hidden = 0;
  let seen = 0;
  let isHereShown = false;
  const entries = entriesOf(reading);
  const isOverRuns =
    new Set(entries.map(({ step }) => step.run)).size > 1 || entries.some(({ step }) => step.run !== at.run);
  let run = 0;
  for (const entry of entries) {
    if (reading.omitted > 0 && seen === reading.omittedAt) items.push({ kind: 'gap', steps: reading.omitted });
    seen += entry.events.length;
    if (!isHereShown && !isPast(entry, at)) {
      items.push({ kind: 'here' });
      isHereShown = true;
    }
    if (entry.isPassing && !showsPassing) {
      hidden++;
      continue;
    }
    if (isOverRuns && entry.step.run !== run) {
      run = entry.step.run;
      items.push({ kind: 'run', run });
    }
    items.push({ kind: 'entry', entry });
  }
  if (!isHereShown) items.push({ kind: 'here' });
  return { items, hidden };
}

/** What of an entry is told: without the value stack if that is hidden. */
export function toldOf(entry: Entry, showsPassing: boolean): readonly BiographyEvent[] {
  return showsPassing ? entry.events : entry.events.filter((event) => !isPassing(event));
}

export type Standing = 'unborn' | 'alive' | 'dead';

/** How it stands with the object at a moment, as far as its recorded life tells. */
export function standingAt({ events }: BiographyReading, at: Moment): Standing {
  const isBefore = (event: BiographyEvent) =>
    event.at.run < at.run || (event.at.run === at.run && event.at.step < at.step);
  const born = events.find(({ kind }) => kind === 'born');
  const died = events.findLast(({ kind }) => kind === 'died');
  if (died && isBefore(died)) return 'dead';
  return born && !isBefore(born) ? 'unborn' : 'alive';
}
