'use client';

import { useState } from 'react';
import type { AllocatorReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { type SizedObject, poolName } from './places';
import { UNKNOWN_SIZE } from '../unknown-size';

interface SizesTableProps {
  reading: AllocatorReading;
  objects: readonly SizedObject[];
  /** Objects that the moment's graph leaves out. */
  omitted: number;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Rows at first, and how many more at a time. */
const FIRST = 8;
const MORE = 40;

/** The program's objects with their sizes; the selected one first of all. */
export function SizesTable({ reading, objects, omitted, letters, selected, onSelect }: SizesTableProps) {
  const [most, setMost] = useState(FIRST);
  const chosen = objects.find(({ node }) => node.object.serial === selected);
  const first = objects.slice(0, most);
  const shown = chosen === undefined || first.includes(chosen) ? first : [chosen, ...first];
  const hidden = objects.length - shown.length;
  return (
    <div>
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="pb-1 text-left text-sm font-semibold text-ink">Objects of the program</caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="pb-1 text-left font-normal">
              Object
            </th>
            <th scope="col" className="w-18 pb-1 text-right font-normal xs:w-24 sm:w-32">
              <code className="font-mono max-sm:hidden">sys.</code>
              <code className="font-mono">getsizeof</code>
            </th>
            <th scope="col" className="w-16 pb-1 pl-2 text-right font-normal xs:w-24">
              Its own block
            </th>
            <th scope="col" className="w-36 pb-1 pl-4 text-left font-normal max-sm:hidden">
              Where
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ node, place }) => {
            const { object, size } = node;
            const isSelected = object.serial === selected;
            return (
              <tr
                key={object.serial}
                aria-current={isSelected || undefined}
                className={`border-t border-line align-baseline ${isSelected ? 'bg-accent-soft' : ''}`}
              >
                <th scope="row" className="py-1 pl-1 text-left font-normal">
                  <ObjectButton object={object} letters={letters} selected={selected} onSelect={onSelect} isFull />
                </th>
                <td className="py-1 text-right font-mono text-[0.8125rem] tabular-nums">
                  {size === null ? (
                    <>
                      <span aria-hidden="true">–</span>
                      <span className="sr-only">{UNKNOWN_SIZE}</span>
                    </>
                  ) : (
                    size.toLocaleString('en')
                  )}
                </td>
                <td className="py-1 text-right font-mono text-[0.8125rem] tabular-nums">
                  {place?.pool.size ?? '> 512'}
                </td>
                <td className="py-1 pl-4 text-xs text-ink-soft max-sm:hidden">
                  {place === null ? 'the system' : poolName(place.index, reading)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mt-1.5 flex flex-wrap items-center gap-3 text-xs text-ink-faint">
        {hidden > 0 && <MoreButton onClick={() => setMost(most + MORE)}>Show {Math.min(hidden, MORE)} more</MoreButton>}
        {omitted > 0 && <span>and {omitted.toLocaleString('en')} that are not listed.</span>}
        <span>
          In bytes. What a list or dict keeps its items in is another block, which its size counts; the attributes of an
          instance lie in its own block, and its size leaves them out.
          {shown.some(({ node }) => node.size === null) && ` – is a ${UNKNOWN_SIZE}.`}
        </span>
      </p>
    </div>
  );
}
