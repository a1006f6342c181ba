'use client';

import { useState } from 'react';
import type { HeapGraph } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { indexGraph } from './model/graph-index';
import type { GraphPicture } from './model/picture';

interface HiddenObjectsProps {
  picture: GraphPicture;
  graph: HeapGraph;
  letters: ObjectLetters;
  /** Boxes that would be drawn in addition; 0: asking for more would show no more. */
  onDrawMore(): void;
  onReveal(serial: number): void;
}

const FIRST = 24;

/** What the picture leaves out, by type, with the numbers; each can be brought into it. */
export function HiddenObjects({ picture, graph, letters, onDrawMore, onReveal }: HiddenObjectsProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [shown, setShown] = useState(FIRST);
  const { hidden, totals } = picture;
  if (totals.hidden === 0 && totals.omitted === 0 && totals.edgesOmitted === 0) return null;
  const group = hidden.find(({ type }) => type === open);
  const { nodes } = indexGraph(graph);
  return (
    <section
      aria-label="Not drawn"
      className="rounded-md border border-line bg-sunken px-3 py-2 text-[0.8125rem] text-ink-soft"
    >
      {totals.hidden > 0 && (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
          <span>
            Not drawn, {plural(totals.hidden, 'object')}
            {': '}
          </span>
          {hidden.slice(0, 12).map(({ type, serials }) => (
            <button
              key={type}
              type="button"
              aria-expanded={type === open}
              onClick={() => {
                setOpen(type === open ? null : type);
                setShown(FIRST);
              }}
              className="rounded border border-line bg-surface px-1.5 py-px font-mono text-xs text-ink hover:border-line-strong aria-expanded:border-accent"
            >
              {type} <span className="text-ink-faint">×{serials.length.toLocaleString('en')}</span>
            </button>
          ))}
          {hidden.length > 12 && <span>and {hidden.length - 12} more types</span>}
          <MoreButton onClick={onDrawMore}>Draw more</MoreButton>
        </div>
      )}
      {group && (
        <ul className="mt-2 flex flex-wrap gap-1.5" aria-label={`Objects of type ${group.type}`}>
          {group.serials.slice(0, shown).map((serial) => (
            <li key={serial} className="max-w-full">
              <button
                type="button"
                onClick={() => onReveal(serial)}
                className="max-w-full rounded border border-line bg-surface px-1.5 py-0.5 text-left hover:border-line-strong"
              >
                <ObjectChip object={nodes.get(serial)!.object} letters={letters} />
              </button>
            </li>
          ))}
          {group.serials.length > shown && (
            <li>
              <MoreButton onClick={() => setShown(shown + 100)}>
                {(group.serials.length - shown).toLocaleString('en')} more
              </MoreButton>
            </li>
          )}
        </ul>
      )}
      {(totals.omitted > 0 || totals.edgesOmitted > 0) && (
        <p className={totals.hidden > 0 ? 'mt-1.5' : ''}>
          {totals.omitted > 0 && <>The heap has {plural(totals.omitted, 'object')} more that no picture lists. </>}
          {totals.edgesOmitted > 0 && <>{plural(totals.edgesOmitted, 'reference')} more are left out. </>}
          Select an object in another view to see what is around it.
        </p>
      )}
    </section>
  );
}
