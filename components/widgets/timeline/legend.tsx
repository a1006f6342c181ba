import type { ReactNode } from 'react';
import { CollectedMark, FreedMark } from './bar';

/** What the shapes at the ends of bars mean. */
export function Legend({ collections }: { collections: number }) {
  return (
    <ul aria-label="Marks" className="m-0 mt-0.5 flex list-none flex-wrap gap-x-4 gap-y-0.5 p-0 text-xs text-ink-faint">
      <Entry text="born">
        <line x1="8" x2="8" y1="2" y2="14" className="stroke-gained" strokeWidth="2.5" />
      </Entry>
      <Entry text="freed: its count reached zero">
        <FreedMark x={8} y={8} />
      </Entry>
      <Entry
        text={collections > 0 ? 'collected with its cycle; on the axis: a collection' : 'collected with its cycle'}
      >
        <CollectedMark x={8} y={8} />
      </Entry>
      <Entry text="alive at the end">
        <path d="M6 3l5 5-5 5" className="fill-none stroke-line-strong" strokeWidth="1.5" />
      </Entry>
      <Entry text="older than the run">
        <path d="M10 3L5 8l5 5" className="fill-none stroke-line-strong" strokeWidth="1.5" />
      </Entry>
    </ul>
  );
}

function Entry({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li className="m-0 inline-flex items-center gap-1">
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 shrink-0">
        {children}
      </svg>
      {text}
    </li>
  );
}
