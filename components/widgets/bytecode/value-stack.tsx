import type { BytecodeReading } from '../../../lib/engine/snapshot/trace-types';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';

/** Items drawn from the top; what lies deeper is summed up. */
const MOST = 24;

interface ValueStackProps {
  stack: BytecodeReading['stack'];
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** The value stack as a small tower, the top on top; a borrowed reference has a dashed edge and the word. */
export function ValueStack({ stack, letters, selected, onSelect }: ValueStackProps) {
  const shown = stack.slice(-MOST).map((item, i, all) => ({ ...item, place: stack.length - all.length + i }));
  return (
    <>
      <ol reversed aria-label="Value stack, the top first" className="m-0 grid list-none gap-1 p-0 text-sm">
        {shown.length === 0 && (
          <li className="m-0 rounded-md border border-dashed border-line px-2 py-1 text-xs text-ink-faint">empty</li>
        )}
        {shown.toReversed().map(({ object, borrowed, place }) => (
          <li
            key={place}
            className={`m-0 flex min-w-0 items-baseline justify-between gap-2 rounded-md border px-2 py-1 ${
              borrowed ? 'border-dashed border-weak' : 'border-line-strong/60'
            }`}
          >
            {object === null ? (
              <span className="font-mono text-xs text-ink-faint">NULL</span>
            ) : (
              <span className="min-w-0 px-1">
                <ObjectButton object={object} letters={letters} selected={selected} onSelect={onSelect} />
              </span>
            )}
            <span className="shrink-0 text-[0.6875rem] text-ink-faint">
              {borrowed && <span className="font-medium text-weak">borrowed</span>}
              {borrowed && place === stack.length - 1 && ' · '}
              {place === stack.length - 1 && 'top'}
            </span>
          </li>
        ))}
      </ol>
      {stack.length > shown.length && (
        <p className="mt-1 text-xs text-ink-faint">and {stack.length - shown.length} more below</p>
      )}
    </>
  );
}
