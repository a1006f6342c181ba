'use client';

import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { BytecodeReading, InstructionRow, Moment } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { SentenceText } from '../sentence-text';
import { InstructionLine, LastMark, NextMark } from './instruction-line';
import { instructionSentence, ownershipText } from './instruction-words';
import { SourceLine } from './source-line';
import { bytecodeText, groupsOf, ranLast, stackText, titleText } from './text';
import { ValueStack } from './value-stack';

export interface BytecodeViewProps {
  readonly reading: BytecodeReading;
  /** The file of the run looked at. */
  readonly filename: string;
  readonly letters: ObjectLetters;
  readonly selected: number | null;
  readonly isStale?: boolean;
  onGoTo(at: Moment): void;
  onSelect(serial: number | null): void;
}

/** The end of a module lets go of all its constants. */
const MOST_COUNTS = 12;

/** Instructions drawn before and after the next one, where the code is long. */
const AROUND = 100;

/** The running code as dis shows it, what each instruction did when it last ran, and the value stack now. */
export function BytecodeView(props: BytecodeViewProps) {
  const { reading, filename, letters, selected, isStale = false, onGoTo, onSelect } = props;
  const { instructions, next, stack, at } = reading;
  // The instruction that is explained: one that was picked in this code, else the next one.
  const codeKey = `${reading.filename} ${reading.frame} ${instructions.length}`;
  const [picked, setPicked] = useState<{ code: string; at: string; index: number } | null>(null);
  const atKey = `${at.run} ${at.step}`;
  const last = ranLast(reading);
  const usual = next >= 0 ? next : last;
  // Only what was asked for is announced: a step has its own sentence.
  const isPicked = picked?.code === codeKey && picked.at === atKey;
  const shownIndex = isPicked ? picked.index : usual;
  const shown = instructions[shownIndex] ?? null;
  const [hovered, setHovered] = useState<number | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const idOf = (index: number) => `${id}-${index}`;

  // What runs next is kept in view, without moving the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other code is another list to scroll
  useEffect(() => {
    const list = box.current;
    const row = list?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!list || !row) return;
    const top = row.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientTop + list.scrollTop;
    if (top < list.scrollTop + 28 || top + row.offsetHeight > list.scrollTop + list.clientHeight - 28) {
      list.scrollTop = top + row.offsetHeight / 2 - list.clientHeight / 2;
    }
  }, [shownIndex, codeKey]);

  const goTo = (index: number) => {
    const step = instructions[index]?.step;
    if (step !== null && step !== undefined) onGoTo({ run: at.run, step });
  };
  const pick = (index: number) => {
    setPicked({ code: codeKey, at: atKey, index });
    goTo(index);
  };
  const latest = useRef(pick);
  useEffect(() => {
    latest.current = pick;
  });
  const onPick = useCallback((index: number) => latest.current(index), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, shownIndex, instructions.length);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (to !== null) setPicked({ code: codeKey, at: atKey, index: to });
    else if (event.key === 'Enter' || event.key === ' ') goTo(shownIndex);
    else if (event.key === 'Escape') setPicked(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const isLong = instructions.length > 2 * AROUND + 40 && !showsAll;
  const from = isLong ? Math.max(0, shownIndex - AROUND) : 0;
  const to = isLong ? Math.min(instructions.length, Math.max(0, shownIndex) + AROUND) : instructions.length;
  const marked = instructions[hovered ?? shownIndex]?.span ?? null;
  const title = titleText(reading, filename);

  return (
    <div
      aria-busy={isStale}
      className={isStale ? 'opacity-70 motion-safe:transition-opacity motion-safe:delay-200' : ''}
    >
      <Picture name={title} text={() => bytecodeText(reading, shown, filename, letters)}>
        <div className="grid gap-x-5 gap-y-3 md:grid-cols-[minmax(0,1fr)_15rem]">
          <div className="min-w-0">
            <p className="mb-1 text-xs">
              <span className="font-semibold text-ink-soft">{title}</span>
            </p>
            <div
              ref={box}
              role="listbox"
              aria-label={title}
              aria-activedescendant={shown ? idOf(shownIndex) : undefined}
              tabIndex={0}
              onKeyDown={onKeyDown}
              className="group relative max-h-96 overflow-y-auto rounded-md border border-line bg-surface py-1 focus-visible:outline-offset-0 print:max-h-none"
            >
              {groupsOf(reading).map(({ line, text, first, rows }) => {
                if (first + rows.length <= from || first >= to) return null;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: a group of options
                  <div key={first} role="group" aria-label={line === 0 ? 'No line' : `Line ${line}: ${text ?? ''}`}>
                    <div
                      aria-hidden="true"
                      className={`mt-1 grid grid-cols-[3.25rem_minmax(0,1fr)] items-baseline gap-x-1.5 pt-1 pr-1.5 pb-0.5 sm:grid-cols-[5.375rem_minmax(0,1fr)] ${first > from ? 'border-t border-line/60' : ''}`}
                    >
                      <span className="text-right text-[0.6875rem] text-ink-faint tabular-nums">
                        {line > 0 && `line ${line}`}
                      </span>
                      <SourceLine line={line} text={text} span={marked} />
                    </div>
                    {rows.map((row, i) => {
                      const index = first + i;
                      if (index < from || index >= to) return null;
                      return (
                        <InstructionLine
                          key={row.offset}
                          id={idOf(index)}
                          row={row}
                          index={index}
                          isNext={index === next}
                          isLast={index === last}
                          isSelected={index === shownIndex}
                          onPick={onPick}
                          onHover={setHovered}
                        />
                      );
                    })}
                  </div>
                );
              })}
            </div>
            <p className="mt-1.5 flex flex-wrap gap-x-4 text-xs text-ink-faint">
              <span>
                <span className="text-accent-strong">
                  <NextMark />
                </span>{' '}
                runs next
              </span>
              <span>
                <span className="text-accent-strong">
                  <LastMark />
                </span>{' '}
                ran last
              </span>
              <span>0 → 1: items on the value stack before and after</span>
            </p>
            {isLong && (
              <p className="mt-2">
                <MoreButton onClick={() => setShowsAll(true)}>Show all {instructions.length} instructions</MoreButton>
              </p>
            )}
          </div>
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
            {shown && (
              <section aria-label="The instruction" aria-live={isPicked ? 'polite' : 'off'} className="text-sm">
                <p className="text-xs text-ink-faint">
                  {shownIndex === next ? 'Runs next' : shownIndex === last ? 'Ran last' : 'Instruction'}
                </p>
                <p className="font-mono text-[0.8125rem] font-semibold wrap-anywhere text-ink">
                  {shown.name} <span className="font-normal text-accent-strong">{shown.argument}</span>
                </p>
                <p className="mt-1 text-ink">
                  <SentenceText sentence={instructionSentence(shown)} />
                </p>
                <p className="mt-1 text-xs text-ink-soft">It {ownershipText(shown)}.</p>
                <Effect key={shown.offset} row={shown} />
              </section>
            )}
            <section aria-label="Value stack">
              <p className="mb-1 text-xs text-ink-faint">
                Value stack{next < 0 ? ' at the end' : ', before the next instruction'}
              </p>
              <ValueStack stack={stack} letters={letters} selected={selected} onSelect={onSelect} />
            </section>
          </div>
        </div>
      </Picture>
    </div>
  );
}

/** What was seen of the instruction when it last ran; a count a line. */
function Effect({ row }: { row: InstructionRow }) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? row.counts : row.counts.slice(0, MOST_COUNTS);
  const hidden = row.counts.length - shown.length;
  if (row.step === null) return <p className="mt-1 text-xs text-ink-soft">It has not run before this moment.</p>;
  return (
    <>
      <p className="mt-1 text-xs text-ink-soft">
        When it last ran, in step {row.step + 1}: {stackText(row)}
        {row.counts.length === 0 ? '; no count changed.' : '; counts:'}
      </p>
      {row.counts.length > 0 && (
        <ul className="m-0 mt-0.5 list-none p-0 text-xs">
          {shown.map((change, i) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: an object's count may change twice, in order
              key={i}
              className="m-0 flex items-baseline justify-between gap-2 font-mono text-[0.6875rem] leading-4.5"
            >
              <span className="min-w-0 truncate text-ink-soft" title={change.label}>
                {change.label}
              </span>
              <span className={`shrink-0 tabular-nums ${change.after > change.before ? 'text-gained' : 'text-lost'}`}>
                {change.before} → {change.after}
              </span>
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <p className="mt-1">
          <MoreButton onClick={() => setShowsAll(true)}>Show {hidden} more</MoreButton>
        </p>
      )}
    </>
  );
}

function moved(key: string, index: number, length: number): number | null {
  const last = length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + 10);
    case 'PageUp':
      return Math.max(0, index - 10);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
