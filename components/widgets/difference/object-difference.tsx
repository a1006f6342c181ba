import type { Counted, ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import { ObjectButton } from '../object-button';
import { ObjectLetter } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { holderText } from '../references/holder-text';
import { type SlotSide, isChanged, slotRows } from './slots';

interface ObjectDifferenceProps {
  object: ObjectRef;
  /** Null: not born yet. */
  before: Counted | null;
  /** Null: dead. */
  after: Counted | null;
  cause: string | null;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Slots shown of one object: those that changed, and those that did not. */
const MOST_CHANGED = 8;
const MOST_KEPT = 3;

/** One object, slot by slot: on the left who held it before, on the right who holds it after. */
export function ObjectDifference(props: ObjectDifferenceProps) {
  const { object, before, after, cause, letters, selected, onSelect } = props;
  const all = slotRows(before, after);
  const lines = [
    ...all.filter(isChanged).slice(0, MOST_CHANGED),
    ...all.filter((row) => !isChanged(row)).slice(0, MOST_KEPT),
  ];
  const left = all.filter((row) => !lines.includes(row));
  const more = (side: 'before' | 'after', counted: Counted | null) =>
    left.reduce((sum, row) => sum + (row[side]?.references ?? 0), counted?.holdersOmitted ?? 0);
  const [moreBefore, moreAfter] = [more('before', before), more('after', after)];
  const isSelected = object.serial === selected;
  const rows = lines.length + (moreBefore + moreAfter > 0 ? 1 : 0);
  return (
    <tbody
      aria-current={isSelected || undefined}
      className={`border-t border-line ${isSelected ? 'bg-accent-soft' : ''}`}
    >
      <tr>
        <th scope="rowgroup" colSpan={2} className="pt-1.5 pl-1 text-left font-normal">
          <span className="flex items-baseline gap-3">
            <ObjectButton
              object={object}
              letters={letters}
              selected={selected}
              onSelect={onSelect}
              isDead={after === null}
              isFull
            />
            <Count before={before} after={after} />
          </span>
        </th>
      </tr>
      {(rows === 0 ? [null] : lines).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
        <tr key={i} className="align-top text-xs leading-5">
          {before === null ? (
            i === 0 && <Absent rows={rows} text="not born yet" />
          ) : (
            <td className="pr-3 pb-0.5 pl-1">
              {line?.before && <Slot slot={line.before} sign="−" letters={letters} />}
            </td>
          )}
          {after === null ? (
            i === 0 && <Absent rows={rows} text={cause === null ? 'gone' : `died: ${cause}`} isDead />
          ) : (
            <td className="pb-0.5 pl-1">{line?.after && <Slot slot={line.after} sign="+" letters={letters} />}</td>
          )}
        </tr>
      ))}
      {moreBefore + moreAfter > 0 && (
        <tr className="text-xs text-ink-faint">
          {before !== null && (
            <td className="pb-1 pl-6">{moreBefore > 0 && `and ${moreBefore.toLocaleString('en')} more`}</td>
          )}
          {after !== null && (
            <td className="pb-1 pl-6">{moreAfter > 0 && `and ${moreAfter.toLocaleString('en')} more`}</td>
          )}
        </tr>
      )}
    </tbody>
  );
}

function Count({ before, after }: { before: Counted | null; after: Counted | null }) {
  if ((before ?? after)?.count === null)
    return <span className="ml-auto shrink-0 text-xs text-immortal">immortal</span>;
  const [a, b] = [before?.count ?? 0, after?.count ?? 0];
  const tone = b > a ? 'text-gained' : b < a ? 'text-lost' : 'text-ink-soft';
  return (
    <span className={`ml-auto shrink-0 pr-1 font-mono text-[0.8125rem] tabular-nums ${tone}`}>
      <span className="sr-only">count </span>
      {before === null ? '–' : a} <span aria-hidden="true">→</span>
      <span className="sr-only">to</span> <span className="font-semibold">{after === null ? '0' : b}</span>
    </span>
  );
}

function Absent({ rows, text, isDead = false }: { rows: number; text: string; isDead?: boolean }) {
  return (
    <td
      rowSpan={Math.max(1, rows)}
      className={`pr-3 pb-1.5 pl-6 align-top text-xs leading-5 ${isDead ? 'text-freed' : 'text-ink-faint'}`}
    >
      {text}
    </td>
  );
}

interface SlotProps {
  slot: SlotSide;
  /** Of a change on this side. */
  sign: '−' | '+';
  letters: ObjectLetters;
}

function Slot({ slot: { holder, references, isChange }, sign, letters }: SlotProps) {
  const { what, slot, where } = holderText(holder);
  const letter = holder.holder === null ? undefined : letters.get(holder.holder.serial);
  const tone = !isChange ? 'text-ink-faint' : sign === '+' ? 'text-gained' : 'text-lost';
  return (
    <span className="flex items-baseline gap-1.5">
      <span aria-hidden="true" className={`w-3.5 shrink-0 text-right font-mono font-semibold ${tone}`}>
        {isChange ? sign : '·'}
      </span>
      <span className={`min-w-0 wrap-anywhere ${isChange ? 'text-ink' : 'text-ink-soft'}`}>
        {isChange && <span className="sr-only">{sign === '+' ? 'gained: ' : 'lost: '}</span>}
        {what} {slot !== null && <code className="font-mono">{slot}</code>} {where}{' '}
        {holder.holder !== null &&
          (letter === undefined ? (
            <code className="font-mono">{holder.holder.repr}</code>
          ) : (
            <ObjectLetter letter={letter} isInline />
          ))}
        {references > 1 && ` (${references} times)`}
      </span>
    </span>
  );
}
