import type { Lifetime } from '../../../lib/engine/snapshot/trace-types';
import { ROW_HEIGHT } from './bar';
import { type Plot, pixel } from './plot';
import { population } from './rows';
import { HALF } from './scale';

interface GroupBarProps {
  lifetimes: readonly Lifetime[];
  plot: Plot;
  steps: number;
}

/** How many objects of a type live, over the run. */
export function GroupBar({ lifetimes, plot, steps }: GroupBarProps) {
  const numbers = population(lifetimes);
  const most = Math.max(...numbers.map(([, alive]) => alive), 1);
  const bottom = ROW_HEIGHT - 4;
  const y = (alive: number) => bottom - ((ROW_HEIGHT - 9) * alive) / most;
  const clip = (at: number) => Math.max(-4, Math.min(plot.width + 4, at));
  const path = numbers
    .map(([from, alive], i) => {
      const next = numbers[i + 1];
      const a = clip(pixel(plot, from - HALF));
      const b = clip(pixel(plot, (next ? next[0] : steps + 1) - HALF));
      return `${i === 0 ? `M${a} ${bottom}` : ''}L${a} ${y(alive)}H${b}`;
    })
    .join('');
  const end = clip(pixel(plot, steps + HALF));
  return (
    <>
      <path d={`${path}V${bottom}z`} className="fill-weak-soft stroke-none" />
      <path d={path} className="fill-none stroke-weak" strokeWidth="1.25" />
      <text
        x={Math.min(end, plot.width) - 4}
        y={bottom - 4}
        textAnchor="end"
        className="fill-ink-soft stroke-surface stroke-3 font-mono [paint-order:stroke] text-[0.6875rem] tabular-nums"
      >
        at most {most}
      </text>
    </>
  );
}
