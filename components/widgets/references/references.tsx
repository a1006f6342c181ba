'use client';

import { useMemo } from 'react';
import type { Lifetime, MomentReading, TraceStep } from '../../../lib/engine/snapshot/trace-types';
import { Picture } from '../picture';
import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { countsBefore } from './changes';
import { Deaths } from './deaths';
import { ReferencesTable } from './references-table';
import { referencesText } from './text';

const NOTHING: readonly Lifetime[] = [];
const PLAIN = { graph: false, around: [] } as const;

/** Names, objects, counts and their holders at the moment, and what died on the way there. */
export function References(props: WidgetProps) {
  const { run, at, from } = props;
  const moment = useReading({ what: 'moment', at, options: PLAIN });
  // What led here is asked when the moment is there: not while a slider is dragged past.
  const isStep = moment.isCurrent && from.run === at.run && from.step < at.step;
  const granularity = at.step - from.step === 1 ? 'instruction' : 'line';
  const steps = useReading(isStep ? { what: 'steps', run: at.run, from: from.step, to: at.step, granularity } : null);
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
      steps={isStep && steps.isCurrent ? (steps.value?.steps ?? null) : null}
      all={known}
      omitted={lifetimes.value?.omitted ?? 0}
    />
  );
}

interface ReferencesViewProps extends WidgetProps {
  moment: MomentReading;
  /** What led here; null while it is not known. */
  steps: readonly TraceStep[] | null;
  /** All objects of the run. */
  all: readonly Lifetime[];
  /** And so many that are not listed, dead or alive. */
  omitted?: number;
  /** Every row shows its holders. */
  isOpened?: boolean;
}

export function ReferencesView(props: ReferencesViewProps) {
  const { run, moment, steps, all, omitted = 0, from, letters, selected, isOpened, onSelect, onGoTo } = props;
  const { step } = moment.at;
  const deaths = useMemo(() => deathsUntil(all, step), [all, step]);
  const changed = useMemo(() => countsBefore(steps), [steps]);
  const selection = { letters, selected, onSelect };
  return (
    <Picture
      name="References"
      text={() => referencesText({ moment, changed, deaths, omitted, profile: run.profile, letters })}
    >
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
