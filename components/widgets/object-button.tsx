import type { ObjectRef } from '../../lib/engine/snapshot/snapshot';
import { ObjectChip } from './object-chip';
import type { ObjectLetters } from './object-letters';

interface ObjectButtonProps {
  object: ObjectRef;
  letters: ObjectLetters;
  /** Serial of the object that is selected on the page. */
  selected: number | null;
  isFull?: boolean;
  isDead?: boolean;
  onSelect(serial: number | null): void;
}

/** An object that can be selected; pressed again it is let go. */
export function ObjectButton({ object, letters, selected, isFull, isDead, onSelect }: ObjectButtonProps) {
  const isSelected = object.serial === selected;
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      onClick={() => onSelect(isSelected ? null : object.serial)}
      className={`-mx-1 inline-flex max-w-[calc(100%+0.5rem)] min-w-0 rounded px-1 text-left ${
        isSelected ? 'bg-accent-soft outline-2 outline-accent' : 'hover:bg-sunken'
      }`}
    >
      <ObjectChip object={object} letters={letters} isFull={isFull ?? false} isDead={isDead ?? false} />
    </button>
  );
}
