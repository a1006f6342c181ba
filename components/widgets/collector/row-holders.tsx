import type { CandidateHolder } from '../../../lib/engine/snapshot/trace-types';
import { ObjectLetter } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { holderText } from '../references/holder-text';
import type { PhaseId, Row } from './groups';
import { holderRole, whereOf } from './words';

interface RowHoldersProps {
  row: Row;
  phase: PhaseId;
  letters: ObjectLetters;
}

/** Holders of an object that are named; the rest is a number. */
const MOST_HOLDERS = 4;

/** Who holds an object: the same lines in every phase, so that nothing moves; the phase marks those it speaks of. */
export function RowHolders({ row, phase, letters }: RowHoldersProps) {
  const holders = row.holders ?? [];
  // The one that reached it is never cut off.
  const first = holders.slice(0, MOST_HOLDERS);
  const shown =
    row.reachedBy === null || first.includes(row.reachedBy) ? first : [row.reachedBy, ...first.slice(0, -1)];
  const left = holders.filter((holder) => !shown.includes(holder));
  const more = left.reduce((sum, by) => sum + by.references, row.holdersOmitted.inside + row.holdersOmitted.outside);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Held by" className="m-0 mt-0.5 flex list-none flex-col p-0 text-xs leading-5">
      {shown.map((holder, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a holder is its place in a list that never changes
        <li key={i} className="m-0 flex items-baseline gap-1.5">
          <HolderLine holder={holder} row={row} phase={phase} letters={letters} />
        </li>
      ))}
      {more > 0 && <li className="m-0 pl-6.5 text-ink-faint">and {more.toLocaleString('en')} more</li>}
    </ul>
  );
}

const ROLES = {
  'taken off': { tone: 'font-semibold text-cycle', text: 'text-ink-soft' },
  'from outside': { tone: 'font-semibold text-gained', text: 'text-ink' },
  'reached it': { tone: 'font-semibold text-gained', text: 'text-ink' },
} as const;

interface HolderLineProps extends RowHoldersProps {
  holder: CandidateHolder;
}

function HolderLine({ holder, row, phase, letters }: HolderLineProps) {
  const { what, slot, where } = holderText({ ...holder, holder: holder.from });
  const letter = holder.from === null ? undefined : letters.get(holder.from.serial);
  const role = holderRole(holder, row, phase);
  const sign = role === 'taken off' ? `−${holder.references}` : role === 'from outside' ? `+${holder.references}` : '←';
  const isGone = phase === 'delete_garbage' && row.isCleared;
  return (
    <>
      <span
        aria-hidden="true"
        className={`w-5 shrink-0 text-right font-mono tabular-nums ${role === null ? 'text-ink-faint/70' : ROLES[role].tone}`}
      >
        {sign}
      </span>
      <span
        className={`min-w-0 wrap-anywhere ${role === null ? 'text-ink-faint' : ROLES[role].text} ${isGone ? 'line-through' : ''}`}
      >
        {role !== null && <span className="sr-only">{role}: </span>}
        {what} {slot !== null && <code className="font-mono">{slot}</code>} {whereOf(holder, where)}{' '}
        {holder.from !== null &&
          (letter === undefined ? (
            <code className="inline-block max-w-full truncate align-bottom font-mono">{holder.from.repr}</code>
          ) : (
            <ObjectLetter letter={letter} isInline />
          ))}
        {holder.references > 1 && ` (${holder.references} times)`}
      </span>
    </>
  );
}
