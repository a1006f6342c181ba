import type { Counted, Holder } from '../../../lib/engine/snapshot/snapshot';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { holderText } from './holder-text';

interface HoldersListProps {
  counted: Counted;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Who holds an object, one line per holder, and the sum that is its count. */
export function HoldersList({ counted, ...selection }: HoldersListProps) {
  const { holders, holdersOmitted, count } = counted;
  const sum = holders.map(({ references }) => references);
  if (holdersOmitted > 0) sum.push(holdersOmitted);
  return (
    <div>
      <ol className="m-0 grid list-none gap-1.5 p-0">
        {holders.map((holder) => (
          <HolderLine
            key={`${holder.kind} ${holder.frame} ${holder.holder?.serial} ${holder.label}`}
            holder={holder}
            {...selection}
          />
        ))}
        {holdersOmitted > 0 && (
          <li className="m-0 text-ink-soft">and {plural(holdersOmitted, 'more reference', 'more references')}</li>
        )}
      </ol>
      <p className="mt-1.5 text-xs text-ink-faint tabular-nums">
        {sum.length > 1 ? `Together ${sum.join(' + ')} = ${count} references: the count.` : oneHolder(count)}
      </p>
    </div>
  );
}

const oneHolder = (count: number | null) => `Together ${plural(count ?? 0, 'reference')}: the count.`;

type HolderLineProps = Omit<HoldersListProps, 'counted'> & { holder: Holder };

function HolderLine({ holder, letters, selected, onSelect }: HolderLineProps) {
  const { what, slot, where } = holderText(holder);
  return (
    <li className="m-0 flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5 text-ink-soft">
      <span>{what}</span> {slot !== null && <code className="font-mono text-[0.8125rem] text-ink">{slot}</code>}{' '}
      {where !== '' && <span>{where}</span>}{' '}
      {holder.holder && (
        <ObjectButton object={holder.holder} letters={letters} selected={selected} onSelect={onSelect} />
      )}{' '}
      {holder.references > 1 && <span className="font-semibold text-ink">× {holder.references}</span>}
    </li>
  );
}
