'use client';

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { NameInfo } from './code-marks';
import { columnWidth, columnsOf } from './text-places';
import type { ShownName } from './use-name-popover';

interface NamePopoverProps {
  shown: ShownName | null;
  code: string;
  text: RefObject<HTMLElement | null>;
  onEnter(): void;
  onLeave(): void;
}

/** Object, count and holders of a name, beneath it. */
export function NamePopover({ shown, code, text, onEnter, onLeave }: NamePopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(0);
  useLayoutEffect(() => {
    const element = text.current;
    const area = element?.parentElement;
    if (!shown || !element || !area) return;
    const prefix = (code.split('\n')[shown.use.line - 1] ?? '').slice(0, shown.use.column);
    const at = element.offsetLeft + columnsOf(prefix) * columnWidth(element) - shown.scrollLeft;
    const most = area.clientWidth - (box.current?.offsetWidth ?? 0) - 8;
    setLeft(Math.max(8, Math.min(at, most)));
  }, [shown, code, text]);
  return (
    <>
      <p role="status" className="sr-only">
        {shown?.by === 'caret' ? nameText(shown.info) : ''}
      </p>
      {shown && (
        <div
          ref={box}
          role="tooltip"
          data-name-popover={shown.info.name}
          onPointerEnter={onEnter}
          onPointerLeave={onLeave}
          style={{ top: `calc(0.75rem + ${shown.use.line} * var(--code-line))`, left }}
          className="absolute z-30 w-max max-w-[min(22rem,calc(100%-1rem))] rounded-md border border-line-strong/60 bg-surface px-3 py-2 font-sans text-xs leading-5 text-ink-soft shadow-lift"
        >
          <Body info={shown.info} />
        </div>
      )}
    </>
  );
}

function Body({ info: { name, where, object, count, holders, note } }: { info: NameInfo }) {
  return (
    <>
      <p>
        <code className="font-mono text-[0.8125rem] font-semibold text-ink">{name}</code>
        {where !== null && <span> {where}</span>}
      </p>
      {object && (
        <p className="mt-0.5 flex items-baseline gap-1.5">
          {object.letter !== null && (
            <span className="grid h-4.5 min-w-4.5 shrink-0 place-items-center rounded border border-line-strong/60 bg-sunken px-1 font-mono text-[0.6875rem] leading-none font-semibold">
              {object.letter}
            </span>
          )}
          <code className="min-w-0 font-mono text-[0.8125rem] wrap-anywhere text-ink">{object.repr}</code>
          <span className="text-ink-faint">{object.type}</span>
        </p>
      )}
      {object && (
        <p className="mt-0.5 text-ink">
          {count === null ? (
            <span className="font-medium text-immortal">immortal: never counted</span>
          ) : (
            <>
              count <strong className="font-semibold tabular-nums">{count}</strong>
              {holders.length > 0 && ', held by'}
            </>
          )}
        </p>
      )}
      {holders.length > 0 && (
        <ul className="m-0 list-disc pl-4 marker:text-ink-faint">
          {holders.map((holder) => (
            <li key={holder} className="m-0 wrap-anywhere">
              {holder}
            </li>
          ))}
        </ul>
      )}
      {note !== null && <p className="mt-0.5">{note}</p>}
    </>
  );
}

/** The popover in one breath. */
export function nameText({ name, where, object, count, holders, note }: NameInfo): string {
  const subject = where === null ? name : `${name} ${where}`;
  if (!object) return `${subject}: ${note ?? 'nothing'}`;
  const counted = count === null ? 'immortal' : `count ${count}`;
  const held = holders.length === 0 ? '' : `, held by ${holders.join(', ')}`;
  return `${subject}: ${object.repr}, ${object.type}, ${counted}${held}.${note === null ? '' : ` ${note}`}`;
}
