import { plural } from '../plural';
import { type CollectorState, type GenerationBox, counterSentence } from './generation-words';

const AGES = ['young', 'middle', 'old'] as const;

/** The three generations, each with the counter that sets off its collection. */
export function GenerationBoxes({ state }: { state: CollectorState }) {
  return (
    <div>
      <p className="mb-1.5 text-xs text-ink-faint">
        <span className="font-semibold text-ink-soft">Generations</span> at this moment
        {!state.enabled && (
          <span className="text-lost">
            : automatic collection is switched off, only <code className="font-mono">gc.collect()</code> runs it
          </span>
        )}
      </p>
      <ol aria-label="Generations" className="m-0 grid list-none gap-2 p-0 sm:grid-cols-3">
        {state.generations.map((generation) => (
          <Box key={generation.number} generation={generation} sentence={counterSentence(state, generation.number)} />
        ))}
      </ol>
    </div>
  );
}

function Box({ generation, sentence }: { generation: GenerationBox; sentence: string }) {
  const { number, count, threshold, objects, runs, collected } = generation;
  const share = threshold > 0 ? Math.min(1, count / threshold) : 0;
  const isOver = threshold > 0 && count > threshold;
  return (
    <li className="m-0 flex flex-col rounded-md border border-line bg-surface px-3 py-2.5">
      <p className="flex items-baseline justify-between gap-2 text-xs">
        <span className="font-semibold text-ink">
          {number} <span className="font-normal text-ink-faint">{AGES[number]}</span>
        </span>
        <span className="font-mono text-[0.8125rem] text-ink tabular-nums">
          {count.toLocaleString('en')}
          <span className="text-ink-faint"> / {threshold > 0 ? threshold.toLocaleString('en') : 'off'}</span>
        </span>
      </p>
      <svg
        aria-hidden="true"
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        className="mt-2 h-2 w-full rounded-full forced-colors:outline"
      >
        <rect width="100" height="8" className="fill-track" />
        <rect
          width={share * 100}
          height="8"
          className={`motion-safe:transition-[width] ${isOver ? 'fill-lost' : 'fill-cycle'}`}
        />
      </svg>
      <p className="mt-2 text-xs text-ink-soft tabular-nums">
        {plural(objects, 'object')}, {plural(runs, 'run')}, {plural(collected, 'object')} collected
      </p>
      <p className="mt-1.5 text-xs leading-relaxed text-pretty text-ink-faint">{sentence}</p>
    </li>
  );
}
