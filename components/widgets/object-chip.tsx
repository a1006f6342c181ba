import type { ObjectRef } from '../../lib/engine/snapshot/snapshot';
import type { ObjectLetters } from './object-letters';

interface ObjectChipProps {
  object: ObjectRef;
  letters: ObjectLetters;
  /** Type and address beside the repr, where there is room for them. */
  isFull?: boolean;
  isDead?: boolean;
}

/** An object, the same wherever it appears: its letter, its repr, its type. */
export function ObjectChip({ object, letters, isFull = false, isDead = false }: ObjectChipProps) {
  const letter = letters.get(object.serial);
  return (
    <span className="inline-flex max-w-full min-w-0 items-baseline gap-2">
      {letter && <ObjectLetter letter={letter} isDead={isDead} />}{' '}
      <span className="min-w-0">
        <code
          className={`font-mono text-[0.8125rem] wrap-anywhere text-ink ${isDead ? 'line-through decoration-freed/60' : ''}`}
        >
          {object.repr}
        </code>{' '}
        {isFull && (
          <span className="text-xs wrap-anywhere text-ink-faint max-sm:block sm:ml-2">
            {object.type}{' '}
            <span
              className="ml-2 hidden font-mono text-[0.6875rem] whitespace-nowrap sm:inline"
              title="What id() gives, in hexadecimal"
            >
              {object.id}
            </span>
          </span>
        )}
      </span>
    </span>
  );
}

interface ObjectLetterProps {
  letter: string;
  isDead?: boolean;
  /** Within a sentence: no larger than its text. */
  isInline?: boolean;
}

export function ObjectLetter({ letter, isDead = false, isInline = false }: ObjectLetterProps) {
  const size = isInline ? 'inline-grid h-4 min-w-4' : 'grid h-5 min-w-5 translate-y-0.5 self-start';
  const look = isDead ? 'border-dashed border-freed text-freed' : 'border-line-strong/60 bg-sunken text-ink-soft';
  return (
    <span
      className={`${size} shrink-0 place-items-center rounded border px-1 font-mono text-[0.6875rem] leading-none font-semibold ${look}`}
    >
      <span className="sr-only">object </span>
      {letter}
    </span>
  );
}
