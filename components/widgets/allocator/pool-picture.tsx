import type { AllocatorReading } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { type BlockState, type SizedObject, blocksIn, poolName, stretchesOf } from './places';

interface PoolPictureProps {
  reading: AllocatorReading;
  index: number;
  /** The program's objects; those in this pool are shown in their blocks. */
  objects: readonly SizedObject[];
  selected: number | null;
  letters: ObjectLetters;
  onSelect(serial: number | null): void;
}

/** Blocks of a row, and units of a block: small ones are narrow. */
const ROW = 32;
const SIDE = 10;
const INNER = 8.5;
const STATES = ['in use', 'freed', 'never used'] as const;

/** One pool block by block; in those of the program's objects that are known, their letters. */
export function PoolPicture({ reading, index, objects, selected, letters, onSelect }: PoolPictureProps) {
  const pool = reading.pools[index];
  if (pool === undefined) return null;
  if (pool.size === null) {
    return (
      <p className="text-sm text-ink-soft">
        {capital(poolName(index, reading))} is free: it can serve blocks of any size.
      </p>
    );
  }
  const blocks = blocksIn(pool, reading);
  const row = Math.min(blocks, ROW);
  const rows = Math.ceil(blocks / row);
  const own = objects.filter(({ place }) => place?.index === index);
  const stretches = stretchesOf(pool, reading);
  const count = (state: string) => stretches.reduce((n, each) => n + (each.state === state ? each.length : 0), 0);
  /** All blocks in a state as one path: a pool may have a thousand. */
  const blocksOf = (state: BlockState, draw: (x: number, y: number) => string) =>
    stretches
      .filter((each) => each.state === state)
      .flatMap(({ from, length }) =>
        Array.from({ length }, (_, i) => {
          const { x, y } = place(from + i);
          return draw(x, y);
        }),
      )
      .join('');
  const place = (block: number) => ({ x: (block % row) * SIDE, y: Math.floor(block / row) * SIDE });
  return (
    <div>
      <p className="mb-1.5 text-sm text-ink-soft">
        <span className="font-semibold text-ink">{capital(poolName(index, reading))}</span>{' '}
        <span className="font-mono text-xs text-ink-faint">{pool.id}</span>: {blocks} blocks of {pool.size} bytes
      </p>
      <svg
        aria-hidden="true"
        viewBox={`-1 -1 ${row * SIDE + 1} ${rows * SIDE + 1}`}
        style={{ maxWidth: `${row * 1.125}rem` }}
        className="w-full"
      >
        {STATES.map((state) => (
          <path
            key={state}
            d={blocksOf(state, (x, y) => `M${x} ${y}h${INNER}v${INNER}h-${INNER}z`)}
            strokeWidth="0.6"
            strokeDasharray={state === 'never used' ? '1.2 1.2' : undefined}
            className={LOOKS[state]}
          />
        ))}
        <path
          d={blocksOf('freed', (x, y) => `M${x + 2} ${y + 6.5}l4.5 -4.5`)}
          strokeWidth="0.8"
          className="stroke-freed"
        />
        {own.map(({ node: { object }, place: at }) => {
          const { x, y } = place(at!.block);
          const isSelected = object.serial === selected;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list below does the same by keyboard
            <g
              key={object.serial}
              onClick={() => onSelect(isSelected ? null : object.serial)}
              className="cursor-pointer"
            >
              <title>{`${object.repr} (${object.type})`}</title>
              <rect
                x={x}
                y={y}
                width={INNER}
                height={INNER}
                rx="1"
                strokeWidth={isSelected ? 1.6 : 0.8}
                className={isSelected ? 'fill-marker stroke-accent' : 'fill-gained-soft stroke-gained'}
              />
              <text
                x={x + INNER / 2}
                y={y + 6.4}
                textAnchor="middle"
                fontSize={(letters.get(object.serial) ?? '').length > 1 ? 4 : 5.5}
                className="fill-ink font-mono font-semibold"
              >
                {letters.get(object.serial) ?? ''}
              </text>
            </g>
          );
        })}
      </svg>
      <ul
        aria-label="Blocks of the pool"
        className="m-0 mt-1.5 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-xs text-ink-soft"
      >
        <Key look="fill-accent/40 stroke-accent/60" text={`${count('in use')} in use`} />
        <Key look="fill-surface stroke-freed" text={`${count('freed')} freed`} isFreed />
        <Key look="fill-surface stroke-line-strong" text={`${count('never used')} never used`} isDashed />
        {own.length > 0 && (
          <Key
            look="fill-gained-soft stroke-gained"
            text={`${own.length} of them ${own.length === 1 ? 'holds an object' : 'hold objects'} listed below`}
          />
        )}
      </ul>
    </div>
  );
}

const LOOKS = {
  'in use': 'fill-accent/40 stroke-accent/60',
  freed: 'fill-surface stroke-freed/70',
  'never used': 'fill-transparent stroke-line-strong/60',
} as const;

function Key({
  look,
  text,
  isFreed = false,
  isDashed = false,
}: {
  look: string;
  text: string;
  isFreed?: boolean;
  isDashed?: boolean;
}) {
  return (
    <li className="m-0 flex items-center gap-1.5 tabular-nums">
      <svg aria-hidden="true" viewBox="-1 -1 12 12" className="size-3">
        <rect width="10" height="10" rx="1" strokeDasharray={isDashed ? '1.5 1.5' : undefined} className={look} />
        {isFreed && <path d="M2 8l6 -6" className="stroke-freed" />}
      </svg>
      {text}
    </li>
  );
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
