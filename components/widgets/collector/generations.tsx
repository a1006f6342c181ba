import type { CollectorState, GenerationState } from '../../../lib/engine/snapshot/snapshot';

const AGES = ['young', 'middle', 'old'] as const;
const COUNTERS = [
  'created minus freed since the last collection',
  'collections of generation 0 since its own',
  'collections of generation 1 since its own',
] as const;

/** The three generations, each with the counter that sets off its collection. */
export function Generations({ state }: { state: CollectorState }) {
  return (
    <div>
      <ol aria-label="Generations" className="m-0 grid list-none gap-2 p-0 sm:grid-cols-3">
        {state.generations.map((generation, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a generation is its number
          <Generation key={at} number={at} generation={generation} />
        ))}
      </ol>
      {!state.enabled && (
        <p className="mt-2 text-sm text-ink-soft">
          Automatic collection is switched off: only <code className="font-mono text-xs">gc.collect()</code> runs it.
        </p>
      )}
    </div>
  );
}

function Generation({ number, generation }: { number: number; generation: GenerationState }) {
  const { count, threshold, objects, stats } = generation;
  const share = threshold > 0 ? Math.min(1, count / threshold) : 0;
  return (
    <li className="m-0 rounded-md border border-line bg-surface px-3 py-2">
      <div className="flex items-baseline justify-between gap-x-2 sm:block">
        <p className="flex items-baseline justify-between gap-2 text-xs">
          <span className="font-semibold text-ink">Generation {number}</span>{' '}
          <span className="text-ink-faint">{AGES[number]}</span>
        </p>
        <p className="font-mono text-sm text-ink tabular-nums sm:mt-1" title={COUNTERS[number]}>
          {count.toLocaleString('en')}
          <span className="text-ink-faint"> / {threshold > 0 ? threshold.toLocaleString('en') : 'no threshold'}</span>
        </p>
      </div>
      <div
        aria-hidden="true"
        className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
      >
        <div className="h-full rounded-full bg-cycle" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="mt-1.5 text-xs text-ink-faint tabular-nums">
        {objects.toLocaleString('en')} objects · {stats.collections} {stats.collections === 1 ? 'run' : 'runs'} ·{' '}
        {stats.collected} collected
      </p>
    </li>
  );
}
