import type { Lifetime } from '../../../lib/engine/snapshot/trace-types';
import { countSteps, livesAt } from './rows';
import { type Plot, pixel } from './plot';
import { HALF } from './scale';

export const ROW_HEIGHT = 34;
const TOP = 5;
const HEIGHT = 24;
const BOTTOM = TOP + HEIGHT;
const MIDDLE = TOP + HEIGHT / 2;

interface BarProps {
  lifetime: Lifetime;
  plot: Plot;
  steps: number;
  /** The moment that the keys are at on this bar; null: they are elsewhere. */
  point: number | null;
}

/** A life from birth to death, its count as a line of steps in it, each end with its own shape. */
export function Bar({ lifetime, plot, steps, point }: BarProps) {
  const { born, died, cause, object } = lifetime;
  const { width } = plot;
  const x = (moment: number) => pixel(plot, moment);
  const start = born === null ? x(-HALF) : x(born + HALF);
  const end = died === null ? x(steps + HALF) : x(died + HALF);
  if (end < -8 || start > width + 8) return <Aside isLeft={end < 0} width={width} />;
  // What is far outside is not drawn: browsers draw huge shapes badly.
  const left = Math.max(start, -4);
  const right = Math.max(Math.min(end, width + 4), left + 2);
  const hasStart = born !== null && start >= -4;
  const hasEnd = died !== null && end <= width + 4;
  return (
    <>
      <rect
        x={left}
        y={TOP}
        width={right - left}
        height={HEIGHT}
        rx="2"
        className={`${object.immortal ? 'fill-immortal-soft' : 'fill-sunken'} stroke-line`}
      />
      {object.immortal ? (
        <text x={Math.max(left, 0) + 6} y={MIDDLE + 3.5} className="fill-immortal text-[0.6875rem]">
          immortal
        </text>
      ) : (
        <CountLine lifetime={lifetime} x={x} left={left} right={right} />
      )}
      {hasStart && (
        <line x1={start} x2={start} y1={TOP - 2} y2={BOTTOM + 2} className="stroke-gained" strokeWidth="2.5" />
      )}
      {born === null && start >= -4 && (
        <path d={`M${start + 4} ${TOP + 4}l-4 6 4 6`} className="fill-none stroke-line-strong" strokeWidth="1.5" />
      )}
      {hasEnd && (cause === 'cycle collected' ? <CollectedMark x={end} /> : <FreedMark x={end} />)}
      {died === null && end <= width + 4 && (
        <path d={`M${end - 4} ${TOP + 4}l4 6-4 6`} className="fill-none stroke-line-strong" strokeWidth="1.5" />
      )}
      {point !== null && (
        <circle
          cx={x(point)}
          cy={MIDDLE}
          r="5"
          className={livesAt(lifetime, point) ? 'fill-none stroke-ink' : 'fill-none stroke-ink-faint'}
          strokeWidth="1.5"
          strokeDasharray={livesAt(lifetime, point) ? undefined : '2 2'}
        />
      )}
    </>
  );
}

/** Freed by counting: a cross. */
export function FreedMark({ x, y = MIDDLE }: { x: number; y?: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="6.5" className="fill-surface" />
      <path d="M-4 -4l8 8M4 -4l-8 8" className="stroke-freed" strokeWidth="2" />
    </g>
  );
}

/** Found by the collector: the diamond that stands for it everywhere. */
export function CollectedMark({ x, y = MIDDLE }: { x: number; y?: number }) {
  return (
    <path
      d="M0 -6.5L6.5 0 0 6.5 -6.5 0z"
      transform={`translate(${x} ${y})`}
      className="fill-surface stroke-cycle"
      strokeWidth="2"
    />
  );
}

/** The bar lies beside what is in view. */
function Aside({ isLeft, width }: { isLeft: boolean; width: number }) {
  return (
    <path
      d={isLeft ? `M8 ${MIDDLE - 4}l-4 4 4 4` : `M${width - 8} ${MIDDLE - 4}l4 4-4 4`}
      className="fill-none stroke-line-strong"
      strokeWidth="1.25"
    />
  );
}

/** Height of the count's line. */
const LINE = 10;
/** Room that a digit needs, and what stays free around a number. */
const DIGIT = 6.5;
const AROUND = 7;

interface CountLineProps {
  lifetime: Lifetime;
  x(moment: number): number;
  left: number;
  right: number;
}

/** The count as a line of steps over a ground, the number where there is room for it. */
function CountLine({ lifetime, x, left, right }: CountLineProps) {
  const pieces = countSteps(lifetime)
    .map(([from, count], i, all) => {
      const next = all[i + 1];
      const a = Math.max(left, i === 0 ? left : x(from - HALF));
      const b = Math.min(right, next ? x(next[0] - HALF) : right);
      return { from, count, a, b };
    })
    .filter(({ a, b, count }) => b > a && count > 0);
  if (pieces.length === 0) return null;
  const most = Math.max(...countSteps(lifetime).map(([, count]) => count), 1);
  // Above the numbers.
  const y = (count: number) => TOP + 3 + LINE * (1 - count / most);
  const path = pieces.map(({ a, b, count }, i) => `${i === 0 ? 'M' : 'L'}${round(a)} ${round(y(count))}H${round(b)}`);
  const first = pieces[0]!;
  return (
    <>
      <path
        d={`${path.join('')}V${BOTTOM}H${round(first.a)}z`}
        className="fill-accent-soft stroke-none"
        shapeRendering="crispEdges"
      />
      <path d={path.join('')} className="fill-none stroke-accent" strokeWidth="1.5" />
      {pieces.map(({ from, count, a, b }) =>
        b - a >= String(count).length * DIGIT + AROUND ? (
          <text
            key={from}
            x={round(Math.max(a, 0) + 4)}
            y={BOTTOM - 2.5}
            className="fill-ink font-mono text-[0.6875rem] font-semibold tabular-nums"
          >
            {count}
          </text>
        ) : null,
      )}
    </>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
