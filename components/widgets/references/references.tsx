'use client';

import { useMemo } from 'react';
import type { Lifetime, MomentReading } from '../../../lib/engine/snapshot/trace-types';
import { Picture } from '../picture';
import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { Deaths } from './deaths';
import { ReferencesTable } from './references-table';
import { referencesText } from './text';

const NOTHING: readonly Lifetime[] = [];
const PLAIN = { graph: false, around: [] } as const;

/** Names, objects, counts and their holders at the moment, and what died on the way there. */
export function References(props: WidgetProps) {
  const { run, at, from } = props;
  const moment = useReading({ what: 'moment', at, options: PLAIN });
  const before = useReading({ what: 'moment', at: from, options: PLAIN });
  const lifetimes = useReading(run.deaths > 0 ? { what: 'lifetimes', run: run.run } : null);
  if (moment.value === null) {
    const isLost = moment.isMissing || moment.error;
    return (
      <p className="min-h-24 py-2 text-sm text-ink-soft">
        {isLost ? 'This moment is not recorded any more.' : 'Reading the memory…'}
      </p>
    );
  }
  const known = lifetimes.value?.run === run.run ? lifetimes.value.lifetimes : NOTHING;
  return (
    <ReferencesView
      {...props}
      moment={moment.value}
      before={before.isCurrent ? before.value : null}
      all={known}
      omitted={lifetimes.value?.omitted ?? 0}
    />
  );
}

interface ReferencesViewProps extends WidgetProps {
  moment: MomentReading;
  /** Where the last step began; null while it is not known. */
  before: MomentReading | null;
  /** All objects of the run. */
  all: readonly Lifetime[];
  /** And so many that are not listed, dead or alive. */
  omitted?: number;
  /** Every row shows its holders. */
  isOpened?: boolean;
}

export function ReferencesView(props: ReferencesViewProps) {
  const { run, moment, before, all, omitted = 0, from, letters, selected, isOpened, onSelect, onGoTo } = props;
  const { step } = moment.at;
  const deaths = useMemo(() => deathsUntil(all, step), [all, step]);
  const changed = useMemo(() => changedSince(before, moment), [before, moment]);
  const selection = { letters, selected, onSelect };
  return (
    <Picture name="References" text={() => referencesText(moment, deaths, run.profile, letters)}>
      <ReferencesTable moment={moment} profile={run.profile} changed={changed} isOpened={isOpened} {...selection} />
      <Deaths deaths={deaths} omitted={omitted} from={from} onGoTo={onGoTo} {...selection} />
    </Picture>
  );
}

/** What died in a run, the earliest first. */
const deathsOf = new WeakMap<readonly Lifetime[], readonly Lifetime[]>();

/** The latest first. */
export function deathsUntil(all: readonly Lifetime[], step: number): Lifetime[] {
  let dead = deathsOf.get(all);
  if (dead === undefined) {
    dead = all.filter(({ died }) => died !== null).reverse();
    dead = dead.toSorted((one, other) => (one.died ?? 0) - (other.died ?? 0));
    deathsOf.set(all, dead);
  }
  const end = dead.findIndex(({ died }) => (died ?? 0) >= step);
  return dead.slice(0, end < 0 ? dead.length : end).reverse();
}

/** Serials of the objects whose count is another than before, or that were not there. */
function changedSince(before: MomentReading | null, { state, at }: MomentReading): ReadonlySet<number> {
  if (before === null || before.at.step === at.step) return new Set();
  const old = countsOf(before.state);
  const changed = [...countsOf(state)].filter(([serial, count]) => (old.get(serial) ?? 0) !== count);
  return new Set(changed.map(([serial]) => serial));
}

function countsOf({ references, unnamed }: MomentReading['state']): Map<number, number> {
  return new Map(
    [...references, ...unnamed].flatMap(({ object, count }) => (count === null ? [] : [[object.serial, count]])),
  );
}
