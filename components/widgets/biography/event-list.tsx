import type { BiographyEvent, Moment } from '../../../lib/engine/snapshot/trace-types';
import { ObjectButton } from '../object-button';
import { momentAfter, type Entry, type LifeItem, toldOf } from './life';
import { eventSlot, gapText, lineText, runHeading, type SlotWords, type Telling } from './text';

interface EventListProps {
  items: readonly LifeItem[];
  showsPassing: boolean;
  telling: Telling;
  selected: number | null;
  onGoTo(at: Moment): void;
  onSelect(serial: number | null): void;
}

/** A life, one line for each step that changed something; a line is a link to the moment after its step. */
export function EventList({ items, showsPassing, telling, selected, onGoTo, onSelect }: EventListProps) {
  return (
    <ol aria-label="Events" className="m-0 list-none p-0 text-sm">
      {items.map((item, i) => {
        if (item.kind === 'here') return <Here key="here" isLast={i === items.length - 1} />;
        if (item.kind === 'run') {
          return (
            <li
              key={`run ${item.run}`}
              className="m-0 border-l-2 border-line pt-2 pb-0.5 pl-4 text-xs font-semibold text-ink-soft"
            >
              {runHeading(item.run, telling)}
            </li>
          );
        }
        if (item.kind === 'gap') {
          return (
            <li
              key="gap"
              className="m-0 border-l-2 border-dotted border-line-strong py-1.5 pl-4 text-xs text-ink-faint"
            >
              {gapText(item.steps)}
            </li>
          );
        }
        const { entry } = item;
        return (
          <li
            key={`${entry.step.run} ${entry.step.step}`}
            className="relative m-0 grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 border-l-2 border-line py-1 pl-4 sm:grid-cols-[6.5rem_4.5rem_minmax(0,1fr)]"
          >
            <Mark entry={entry} />
            <button
              type="button"
              onClick={() => onGoTo(momentAfter(entry))}
              title={`Go to the moment after step ${entry.step.step + 1}`}
              className="col-start-1 row-start-1 justify-self-start rounded text-left text-xs text-accent underline decoration-accent/40 underline-offset-2 hover:text-accent-strong hover:decoration-current"
            >
              {lineText(entry, telling)}
              <span className="sr-only">, step {entry.step.step + 1}</span>
            </button>
            <span className="col-span-2 col-start-1 row-start-2 grid min-w-0 gap-0.5 sm:col-span-1 sm:col-start-3 sm:row-start-1">
              {toldOf(entry, showsPassing).map((event) => (
                <EventLine
                  key={`${event.kind} ${event.holder?.kind} ${event.holder?.label} ${event.holder?.object?.serial}`}
                  event={event}
                  telling={telling}
                  selected={selected}
                  onSelect={onSelect}
                />
              ))}
            </span>
            {entry.count !== null && (
              <span className="col-start-2 row-start-1 text-xs whitespace-nowrap text-ink-faint">
                count <span className="font-mono text-sm font-semibold tabular-nums text-ink">{entry.count}</span>
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Here({ isLast }: { isLast: boolean }) {
  return (
    <li
      aria-current="step"
      className={`relative m-0 flex items-center gap-2 border-l-2 py-0.5 ${isLast ? 'border-transparent' : 'border-line'}`}
    >
      <span className="-ml-[5px] size-2 shrink-0 rotate-45 bg-accent forced-colors:bg-[Highlight]" />
      <span className="text-xs font-semibold text-accent-strong">You are here</span>
      <span className="h-px flex-1 bg-accent/40" />
    </li>
  );
}

/** What kind of entry it is, as the timeline marks it: birth, death by counting, death with a cycle, change. */
function Mark({ entry }: { entry: Entry }) {
  const death = entry.events.find(({ kind }) => kind === 'died');
  const isBirth = entry.events.some(({ kind }) => kind === 'born');
  return (
    <svg aria-hidden="true" viewBox="-8 -8 16 16" className="absolute top-1.5 -left-[9px] size-4">
      {death ? (
        death.cause === 'cycle collected' ? (
          <path d="M0 -5.5L5.5 0 0 5.5 -5.5 0z" className="fill-surface stroke-cycle" strokeWidth="2" />
        ) : (
          <>
            <circle r="6" className="fill-surface" />
            <path d="M-4 -4l8 8M4 -4l-8 8" className="stroke-freed" strokeWidth="2" />
          </>
        )
      ) : (
        <circle
          r={isBirth ? 4.5 : 3}
          className={isBirth ? 'fill-gained stroke-surface' : 'fill-line-strong stroke-surface'}
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}

interface EventLineProps {
  event: BiographyEvent;
  telling: Telling;
  selected: number | null;
  onSelect(serial: number | null): void;
}

function EventLine({ event, telling, selected, onSelect }: EventLineProps) {
  const slot = eventSlot(event);
  const words = () => slot && <SlotText slot={slot} telling={telling} selected={selected} onSelect={onSelect} />;
  switch (event.kind) {
    case 'born':
      return <span className="font-semibold text-gained">Born</span>;
    case 'gained':
      return (
        <span className="min-w-0 text-ink-soft">
          <Sign text="+" meaning="gained" className="text-gained" /> {words()}
        </span>
      );
    case 'lost':
      return (
        <span className="min-w-0 text-ink-soft">
          <Sign text="−" meaning="lost" className="text-lost" /> {words()}
        </span>
      );
    case 'count':
      return <span className="text-ink-soft">Its count changed</span>;
    case 'died':
      return event.cause === 'cycle collected' ? (
        <span className="font-semibold text-cycle">Freed by the collector, with its cycle</span>
      ) : (
        <span className="font-semibold text-freed">Freed: its count reached zero</span>
      );
  }
}

function Sign({ text, meaning, className }: { text: string; meaning: string; className: string }) {
  return (
    <span className={`font-mono font-semibold ${className}`}>
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{meaning}</span>
    </span>
  );
}

interface SlotTextProps {
  slot: SlotWords;
  telling: Telling;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** `the attribute .next of B`, the object a chip that can be selected. */
export function SlotText({ slot, telling, selected, onSelect }: SlotTextProps) {
  return (
    <>
      {slot.what} {slot.slot !== null && <code className="font-mono text-[0.8125rem] text-ink">{slot.slot}</code>}{' '}
      {slot.where}{' '}
      {slot.object && (
        <span className="inline-flex max-w-full pl-1 align-bottom">
          <ObjectButton object={slot.object} letters={telling.letters} selected={selected} onSelect={onSelect} />
        </span>
      )}
    </>
  );
}
