import type { Counted, Holder } from '../../../lib/engine/snapshot/snapshot';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { holderText } from './holder-text';

interface HoldersListProps {
  counted: Counted;
  letters: ObjectLetters;
}

/** Who holds an object, one line per holder, and the sum that is its count. */
export function HoldersList({ counted, letters }: HoldersListProps) {
  return (
    <div className="border-l-2 border-accent/50 pl-3">
      <ol className="m-0 list-none grid gap-1.5 p-0">
        {counted.holders.map((holder) => (
          <HolderLine
            key={`${holder.kind} ${holder.frame} ${holder.holder?.serial} ${holder.label}`}
            holder={holder}
            letters={letters}
          />
        ))}
        {counted.holdersOmitted > 0 && (
          <li className="m-0 text-ink-soft">
            and {counted.holdersOmitted} more {counted.holdersOmitted === 1 ? 'reference' : 'references'}
          </li>
        )}
      </ol>
      <p className="mt-1.5 text-xs text-ink-faint">
        Together {counted.count} {counted.count === 1 ? 'reference' : 'references'}: the count.
      </p>
    </div>
  );
}

function HolderLine({ holder, letters }: { holder: Holder; letters: ObjectLetters }) {
  const { what, slot, where } = holderText(holder);
  return (
    <li className="m-0 flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5 text-ink-soft">
      <span>{what}</span> {slot !== null && <code className="font-mono text-[0.8125rem] text-ink">{slot}</code>}{' '}
      {where !== '' && <span>{where}</span>} {holder.holder && <ObjectChip object={holder.holder} letters={letters} />}{' '}
      {holder.references > 1 && <span className="font-semibold text-ink">× {holder.references}</span>}
    </li>
  );
}
