import { memo } from 'react';
import { WIDGETS } from './registry';
import type { WidgetId } from './widget';

interface ViewSwitchesProps {
  openViews: ReadonlySet<WidgetId>;
  onToggle(view: WidgetId): void;
}

/** A switch for each view; any number may be open. */
export const ViewSwitches = memo(function ViewSwitches({ openViews, onToggle }: ViewSwitchesProps) {
  return (
    <fieldset
      aria-label="Views of the memory"
      className="m-0 mt-3 flex min-w-0 flex-wrap gap-1.5 border-0 p-0 print:hidden"
    >
      {WIDGETS.map(({ id, title, about }) => (
        <button
          key={id}
          type="button"
          aria-pressed={openViews.has(id)}
          title={about}
          onClick={() => onToggle(id)}
          className="group inline-flex h-7 items-center gap-1.5 rounded-full border border-line bg-surface pr-2.5 pl-2 text-xs font-medium text-ink-soft hover:border-line-strong hover:text-ink aria-pressed:border-accent/60 aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
        >
          <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-none stroke-current stroke-[1.75]">
            <path d="M2 6h8" />
            <path d="M6 2v8" className="group-aria-pressed:hidden" />
          </svg>
          {title}
        </button>
      ))}
    </fieldset>
  );
});
