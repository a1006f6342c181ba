'use client';

import { useState } from 'react';
import type { Counted, ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import type { DifferenceReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import type { ObjectLetters } from '../object-letters';
import { isCode, isHeldByCode } from '../parts';
import { Picture } from '../picture';
import { plural } from '../plural';
import { ObjectDifference } from './object-difference';
import { differenceText } from './text';

interface DifferenceViewProps {
  reading: DifferenceReading;
  /** What the two moments are called. */
  names: { readonly before: string; readonly after: string };
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

interface Item {
  readonly object: ObjectRef;
  readonly before: Counted | null;
  readonly after: Counted | null;
  readonly cause: string | null;
}

/** Two moments side by side: what was born, what died, what changed hands. */
export function DifferenceView({ reading, names, letters, selected, onSelect }: DifferenceViewProps) {
  const { born, died, changed, omitted } = reading;
  const sections: readonly { title: string; items: readonly Item[]; omitted: number }[] = [
    {
      title: 'Changed hands',
      items: changed.map(({ before, after }) => ({ object: after.object, before, after, cause: null })),
      omitted: omitted.changed,
    },
    {
      title: 'Born',
      items: born.map(({ object, counted }) => ({ object, before: null, after: counted, cause: null })),
      omitted: omitted.born,
    },
    {
      title: 'Died',
      items: died.map(({ object, counted, cause }) => ({ object, before: counted, after: null, cause })),
      omitted: omitted.died,
    },
  ];
  const isEmpty = sections.every(({ items }) => items.length === 0);
  return (
    <Picture name="Difference" text={() => differenceText(reading, names, letters)}>
      <p className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <Total sign="±" n={changed.length + omitted.changed} word="changed hands" tone="text-accent" />
        <Total sign="+" n={born.length + omitted.born} word="born" tone="text-gained" />
        <Total sign="−" n={died.length + omitted.died} word="died" tone="text-freed" />
      </p>
      {isEmpty ? (
        <p className="text-sm text-ink-soft">Nothing differs: the same objects, held by the same.</p>
      ) : (
        sections.map(
          (section) =>
            section.items.length > 0 && (
              <Section
                key={section.title}
                {...section}
                names={names}
                letters={letters}
                selected={selected}
                onSelect={onSelect}
              />
            ),
        )
      )}
    </Picture>
  );
}

function Total({ sign, n, word, tone }: { sign: string; n: number; word: string; tone: string }) {
  return (
    <span className={n === 0 ? 'text-ink-faint' : 'text-ink'}>
      <span className={`font-mono font-semibold tabular-nums ${n === 0 ? '' : tone}`}>
        <span aria-hidden="true">{sign}</span>
        {n.toLocaleString('en')}
      </span>{' '}
      {word}
    </span>
  );
}

interface SectionProps extends Omit<DifferenceViewProps, 'reading'> {
  title: string;
  items: readonly Item[];
  omitted: number;
}

/** Objects at first, and how many more at a time. */
const FIRST_OBJECTS = 8;
const MORE_OBJECTS = 30;

function Section({ title, items, omitted, names, ...rest }: SectionProps) {
  const [most, setMost] = useState(FIRST_OBJECTS);
  const [showsParts, setShowsParts] = useState(false);
  const whole = items
    .filter((item) => !isPart(item))
    .sort((a, b) => Number(isCode(a.object)) - Number(isCode(b.object)));
  const parts = items.filter(isPart);
  const all = showsParts || whole.length === 0 ? [...whole, ...parts] : whole;
  const shown = all.slice(0, most);
  const hidden = all.length - shown.length;
  return (
    <div className="mt-4 first:mt-0">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="pb-1 text-left text-sm font-semibold text-ink">
          {title}{' '}
          <span className="font-normal text-ink-faint tabular-nums">
            {(items.length + omitted).toLocaleString('en')}
          </span>
        </caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="pr-3 pb-1 pl-1 text-left font-normal">
              <span className="sr-only">Before: </span>
              {names.before}
            </th>
            <th scope="col" className="pb-1 pl-1 text-left font-normal">
              <span className="sr-only">After: </span>
              {names.after}
            </th>
          </tr>
        </thead>
        {shown.map((item) => (
          <ObjectDifference key={item.object.serial} {...item} {...rest} />
        ))}
      </table>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-faint">
        {hidden > 0 && (
          <MoreButton onClick={() => setMost(most + MORE_OBJECTS)}>
            Show {Math.min(hidden, MORE_OBJECTS)} more
          </MoreButton>
        )}
        {hidden === 0 && all.length < items.length && (
          <MoreButton
            onClick={() => {
              setShowsParts(true);
              setMost(most + MORE_OBJECTS);
            }}
          >
            Show {plural(parts.length, 'part')} of classes, functions and modules
          </MoreButton>
        )}
        {omitted > 0 && <span>and {plural(omitted, 'object')} that are not listed.</span>}
      </p>
    </div>
  );
}

/** What belongs to a class or a function and has no name of its own. */
function isPart({ object, before, after }: Item): boolean {
  const holders = (after ?? before)?.holders ?? [];
  if (holders.some(({ kind }) => kind === 'name' || kind === 'local')) return false;
  return isCode(object) || isHeldByCode(holders.map(({ holder }) => holder));
}
