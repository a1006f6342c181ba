'use client';

import type { TraceStep } from '../../lib/engine/snapshot/trace-types';
import { constantsLetGo } from './words/changes';
import { useReading } from './trace/use-reading';
import type { Timeline } from './trace/use-timeline';

/** More marks than this would touch each other on a phone. */
const MOST_MARKS = 40;

/** A mark per line under the slider; where something died a cross, where the collector ran a diamond. */
export function SliderMarks({ timeline }: { timeline: Timeline }) {
  const { run, length, position, granularity } = timeline;
  const isShown = granularity === 'line' && length > 0 && length <= MOST_MARKS;
  const steps = useReading(
    isShown ? { what: 'steps', run: run.run, from: 0, to: run.steps, granularity: 'line' } : null,
  );
  if (!isShown) return null;
  const known = steps.value?.run === run.run ? steps.value.steps : [];
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {[...Array(length + 1).keys()].map((at) =>
        at === position ? null : (
          <g
            key={at}
            style={{ transform: `translate(calc(0.5625rem + ${at / length} * (100% - 1.125rem)), 1.125rem)` }}
          >
            <Mark step={known[at - 1]} isPast={at <= position} />
          </g>
        ),
      )}
    </svg>
  );
}

function Mark({ step, isPast }: { step: TraceStep | undefined; isPast: boolean }) {
  if (step && step.collections.length > 0) {
    return <path d="M0 -5L5 0 0 5 -5 0z" className="fill-surface stroke-cycle" strokeWidth="1.5" />;
  }
  if (step && hasDeaths(step)) {
    return <path d="M-3.5 -3.5l7 7M3.5 -3.5l-7 7" className="stroke-freed" strokeWidth="1.75" />;
  }
  return <circle r="2.75" className={`stroke-surface ${isPast ? 'fill-accent' : 'fill-line-strong'}`} />;
}

/** What dies with the cell's own code is no death of the program. */
function hasDeaths(step: TraceStep): boolean {
  return step.diedOmitted > 0 || step.died.length > constantsLetGo(step).size;
}
