import type { TreeItem } from './tree-items';

interface TreeRowProps {
  item: TreeItem;
  isCurrent: boolean;
  isSelected: boolean;
  onToggle(): void;
  onChoose(): void;
}

/** One row: what refers, and what it refers to. The keys are the tree's. */
export function TreeRow({ item, isCurrent, isSelected, onToggle, onChoose }: TreeRowProps) {
  const { level, position, siblings, label, words, notes, canExpand, isExpanded, isWeak, isGarbage, more } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys
    <div
      role="treeitem"
      tabIndex={isCurrent ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={canExpand ? isExpanded : undefined}
      aria-selected={isSelected}
      style={{ paddingLeft: `${Math.min(level - 1, 8) * 1.1 + 0.4}rem` }}
      className={`flex cursor-default items-baseline gap-1.5 py-px pr-3 text-[0.8125rem] leading-6 -outline-offset-2 ${isSelected ? 'bg-accent-soft shadow-[inset_2px_0_0_var(--color-accent)]' : 'hover:bg-sunken'}`}
      onClick={onChoose}
    >
      <span
        aria-hidden="true"
        className="grid size-4 shrink-0 place-items-center self-center text-ink-faint"
        onClick={(event) => {
          if (!canExpand) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {canExpand && (
          <svg
            aria-hidden="true"
            viewBox="0 0 12 12"
            className={`size-2.5 fill-none stroke-current stroke-2 ${isExpanded ? 'rotate-90' : ''}`}
          >
            <path d="M4 2l4 4-4 4" />
          </svg>
        )}
      </span>
      {label !== '' && (
        <code
          className={`shrink-0 font-mono ${level === 1 ? 'font-semibold text-ink' : more > 0 ? 'text-accent' : 'text-ink-soft'}`}
        >
          {label}
        </code>
      )}{' '}
      {words !== '' && (
        <span className="min-w-0 truncate font-mono text-ink">
          {label !== '' && (
            <span aria-hidden="true" className="mr-1.5 text-ink-faint">
              {isWeak ? '⇢' : '→'}
            </span>
          )}
          {words}
        </span>
      )}{' '}
      {notes.length > 0 && (
        <span className={`shrink-0 text-xs ${isGarbage ? 'text-cycle' : 'text-ink-faint'}`}>{notes.join(', ')}</span>
      )}
    </div>
  );
}
