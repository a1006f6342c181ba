import type { WhyAliveReading } from '../../../lib/engine/snapshot/trace-types';
import { ObjectButton } from '../object-button';
import { SlotText } from './event-list';
import { nameOf, retainedText, type Telling, whySlot, whyTexts } from './text';

interface WhyAliveProps {
  why: WhyAliveReading;
  telling: Telling;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** The chain from a root to the object, the one reference that would free it, and what hangs on it. */
export function WhyAlive({ why, telling, selected, onSelect }: WhyAliveProps) {
  const { letters } = telling;
  if (why.garbage) {
    return (
      <p className="mt-1 border-l-2 border-cycle bg-cycle-soft px-3 py-2 text-sm text-ink">
        <strong className="font-semibold text-cycle">Garbage.</strong> {whyTexts(why, letters)[0]}
      </p>
    );
  }
  const { cut, object } = why;
  return (
    <>
      <ol
        aria-label="From a root to the object"
        className="m-0 mt-1.5 flex list-none flex-wrap items-center gap-x-1.5 gap-y-2 p-0 text-sm"
      >
        {why.isCut && <li className="m-0 text-ink-faint">…</li>}
        {why.path.map((step, i) => {
          const isTheCut = cut !== null && step.label === cut.label && step.object.serial === cut.to.serial;
          const { what, slot, where } = whySlot(step);
          return (
            <li
              key={`${step.object.serial} ${step.label}`}
              className="m-0 inline-flex max-w-full min-w-0 flex-wrap items-center gap-1.5"
            >
              <span
                className={`inline-flex items-baseline gap-1.5 ${i === 0 ? 'rounded-md border border-line-strong bg-sunken px-2 py-0.5' : ''}`}
              >
                <span className={i === 0 || slot === null ? 'text-xs text-ink-soft' : 'sr-only'}>{what}</span>{' '}
                {slot !== null && (
                  <code
                    className={`font-mono text-[0.8125rem] text-ink ${isTheCut ? 'border-b-2 border-dashed border-freed' : ''}`}
                  >
                    {slot}
                  </code>
                )}{' '}
                {i === 0 && where !== '' && <span className="text-xs text-ink-soft">{where}</span>}
                {isTheCut && <Scissors />}
              </span>
              <span aria-hidden="true" className="text-ink-faint">
                →
              </span>
              <span className="inline-flex min-w-0 rounded-md border border-line px-2 py-0.5">
                <ObjectButton object={step.object} letters={letters} selected={selected} onSelect={onSelect} />
              </span>
            </li>
          );
        })}
      </ol>
      <p className="mt-2 text-sm text-ink-soft">
        {cut === null ? (
          <>More than one way leads to {nameOf(object, letters)}: no single reference, if cut, would free it.</>
        ) : (
          <>
            <strong className="font-semibold text-ink">One reference keeps it.</strong> Without{' '}
            <SlotText slot={whySlot(cut)} telling={telling} selected={selected} onSelect={onSelect} />,{' '}
            {cut.to.serial === object.serial
              ? `${nameOf(object, letters)} would be freed.`
              : `${nameOf(cut.to, letters)} would be freed, and ${nameOf(object, letters)} with it.`}
          </>
        )}
      </p>
      <p className="text-sm text-ink-soft">{retainedText(why, letters)}</p>
    </>
  );
}

function Scissors() {
  return (
    <span className="inline-flex items-center gap-1 self-center text-xs font-medium text-freed">
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-none stroke-current" strokeWidth="1.5">
        <circle cx="4" cy="4" r="2" />
        <circle cx="4" cy="12" r="2" />
        <path d="M5.7 5.2L14 11.5M5.7 10.8L14 4.5" />
      </svg>
      cut here
    </span>
  );
}
