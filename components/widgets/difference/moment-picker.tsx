import type { Choice } from './choices';

interface MomentPickerProps {
  choices: readonly Choice[];
  chosen: Choice;
  onChoose(id: string): void;
  onPin(): void;
  /** This moment is pinned already. */
  isPinned: boolean;
  onGoThere(): void;
}

const GROUPS = ['This run', 'Pinned', 'Ends of other runs', 'Versions of this cell, by name'] as const;

/** With what this moment is compared; and a pin, to come back to it. */
export function MomentPicker({ choices, chosen, onChoose, onPin, isPinned, onGoThere }: MomentPickerProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm print:hidden">
      <label className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-ink-soft">This moment beside</span>
        <select
          value={chosen.id}
          onChange={(event) => onChoose(event.target.value)}
          className="max-w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 py-1 text-ink"
        >
          {GROUPS.map((group) => {
            const own = choices.filter((each) => each.group === group);
            return (
              own.length > 0 && (
                <optgroup key={group} label={group}>
                  {own.map(({ id, label }) => (
                    <option key={id} value={id}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              )
            );
          })}
        </select>
      </label>
      <span className="flex gap-2">
        <Button onClick={onPin} isOff={isPinned}>
          {isPinned ? 'Pinned' : 'Pin this moment'}
        </Button>
        <Button onClick={onGoThere}>Go to the other</Button>
      </span>
    </div>
  );
}

function Button({ onClick, isOff = false, children }: { onClick(): void; isOff?: boolean; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-disabled={isOff}
      onClick={() => !isOff && onClick()}
      className="rounded-md border border-line bg-surface px-2 py-1 text-xs font-medium text-ink-soft hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint"
    >
      {children}
    </button>
  );
}
