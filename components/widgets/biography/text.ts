/** A biography in words. */
import type { Holder, ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import type {
  BiographyEvent,
  BiographyReading,
  Moment,
  RunSummary,
  WhyAliveReading,
  WhyAliveSlot,
} from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { placeText, runText } from '../places';
import { plural } from '../plural';
import { holderText } from '../references/holder-text';
import { type Entry, lifeItems, standingAt, toldOf } from './life';
import { withoutUnsized } from '../unknown-size';

export interface Telling {
  readonly at: Moment;
  readonly runs: readonly RunSummary[];
  readonly letters: ObjectLetters;
}

/** `list A`, or what it looks like where it has no letter. */
export function nameOf({ type, serial, repr }: ObjectRef, letters: ObjectLetters): string {
  const letter = letters.get(serial);
  return letter ? `${type} ${letter}` : repr;
}

/** A slot in words and code: `the attribute`, `.next`, `of`, and the object that has it. */
export interface SlotWords {
  readonly what: string;
  readonly slot: string | null;
  readonly where: string;
  readonly object: ObjectRef | null;
}

export function slotWords(
  kind: Holder['kind'],
  label: string,
  frame: string | null,
  object: ObjectRef | null,
): SlotWords {
  // A slot that has no name in Python, of an object: `class of a Node object`, `held by a list_iterator`.
  if (kind === 'internal' && object !== null && !label.startsWith('_')) {
    if (label.startsWith('held by ')) return { what: 'the reference', slot: null, where: 'in', object };
    return { what: `the ${label.replace(/ of an? .*$/, '')}`, slot: null, where: 'of', object };
  }
  const words = holderText({ kind, label, frame, holder: object, references: 1 });
  return { ...words, object };
}

export function plainSlot({ what, slot, where, object }: SlotWords, letters: ObjectLetters): string {
  return [what, slot, where, object && nameOf(object, letters)].filter((part) => part).join(' ');
}

export const whySlot = (slot: WhyAliveSlot): SlotWords => slotWords(slot.kind, slot.label, slot.frame, slot.from);

export function eventSlot({ holder }: BiographyEvent): SlotWords | null {
  return holder && slotWords(holder.kind, holder.label, holder.frame, holder.object);
}

/** One event as a clause: `gained the name x`. */
export function eventText(event: BiographyEvent, letters: ObjectLetters): string {
  const slot = eventSlot(event);
  const holder = slot ? ` ${plainSlot(slot, letters)}` : '';
  switch (event.kind) {
    case 'born':
      return 'born';
    case 'gained':
      return `gained${holder}`;
    case 'lost':
      return `lost${holder}`;
    case 'count':
      return 'its count changed';
    case 'died':
      return event.cause === 'cycle collected'
        ? 'freed by the collector, with its cycle'
        : 'freed, because its count reached zero';
  }
}

/** `line 7`, and of which cell where other code than the run's own ran. */
export function lineText({ line, filename, step }: Entry, { runs }: Telling): string {
  const run = runs.find((each) => each.run === step.run);
  return placeText({ line, filename }, run?.filename ?? null) || 'before the first line';
}

/** Over the entries of one run: `In cell 2`. */
export function runHeading(number: number, { runs }: Telling): string {
  const run = runs.find((each) => each.run === number);
  return run ? `In ${runText(run)}` : `In run ${number}`;
}

export function entryText(entry: Entry, showsPassing: boolean, telling: Telling): string {
  const clauses = toldOf(entry, showsPassing).map((event) => eventText(event, telling.letters));
  const count = entry.count === null ? '' : `; count ${entry.count}`;
  return `${lineText(entry, telling)}, step ${entry.step.step + 1}: ${clauses.join(', ')}${count}`;
}

/** How it stands with the object at the moment. */
export function standingText(reading: BiographyReading, count: number | null, telling: Telling): string {
  const { object } = reading;
  const name = nameOf(object, telling.letters);
  if (object.immortal) return `${name} is immortal: CPython never counts it and never frees it.`;
  switch (standingAt(reading, telling.at)) {
    case 'unborn':
      return `${name} is not born yet at this moment.`;
    case 'alive':
      return `${name} is alive at this moment${count === null ? '' : ` with count ${count}`}.`;
    case 'dead': {
      const died = reading.events.findLast(({ kind }) => kind === 'died')!;
      const run = telling.runs.find((each) => each.run === died.at.run);
      const where = placeText(died, run?.filename ?? null);
      const cause =
        died.cause === 'cycle collected'
          ? 'no root reached it, and the collector freed it with its cycle'
          : 'its count reached zero';
      return `${name} is dead at this moment. It died${where ? ` in ${where}` : ''}: ${cause}.`;
    }
  }
}

/** Why it is alive: a sentence for the way, one for the cut, one for what hangs on it. */
export function whyTexts(why: WhyAliveReading, letters: ObjectLetters): string[] {
  const name = nameOf(why.object, letters);
  if (why.garbage) {
    return [
      `No root reaches ${name}: it is garbage, and what refers to it is garbage too. Counting cannot free it; only the collector can.`,
    ];
  }
  const way = why.path.map((step) => `${plainSlot(whySlot(step), letters)} → ${nameOf(step.object, letters)}`);
  return [
    `What keeps ${name} alive: ${why.isCut ? '… ' : ''}${way.join(', ')}.`,
    cutText(why, letters),
    retainedText(why, letters),
  ];
}

export function cutText({ cut, object }: WhyAliveReading, letters: ObjectLetters): string {
  const name = nameOf(object, letters);
  if (cut === null) return `More than one way leads to ${name}: no single reference, if cut, would free it.`;
  const slot = plainSlot(whySlot(cut), letters);
  return cut.to.serial === object.serial
    ? `One reference keeps it: without ${slot}, ${name} would be freed.`
    : `One reference keeps it: without ${slot}, ${nameOf(cut.to, letters)} would be freed, and ${name} with it.`;
}

export function retainedText({ retained, object }: WhyAliveReading, letters: ObjectLetters): string {
  const { bytes, objects, unsized } = retained;
  const others = objects - 1;
  const what = others === 0 ? 'nothing else would be' : `${plural(others, 'other object')} would be too`;
  const size = `${plural(bytes, 'byte')}${others === 0 ? '' : ' in all'}`;
  return `If ${nameOf(object, letters)} were freed, ${what}: ${size}${withoutUnsized(unsized)}.`;
}

/** All that the picture says. */
export function biographyText(
  reading: BiographyReading,
  why: WhyAliveReading | null,
  showsPassing: boolean,
  telling: Telling,
): string {
  const { letters, at } = telling;
  const { items, hidden } = lifeItems(reading, at, showsPassing);
  const names = reading.names.length === 0 ? 'It never had a name.' : `Its names: ${reading.names.join(', ')}.`;
  return [
    `${nameOf(reading.object, letters)}: ${reading.object.type} ${reading.object.repr}, id ${reading.object.id}. ${names}`,
    standingText(reading, why?.counted.count ?? null, telling),
    ...(why && !reading.object.immortal ? whyTexts(why, letters) : []),
    'Its life:',
    ...items.map((item) => {
      if (item.kind === 'here') return '  — you are here —';
      if (item.kind === 'run') return `  ${runHeading(item.run, telling)}:`;
      if (item.kind === 'gap') return `  (${gapText(item.steps)})`;
      return `  ${entryText(item.entry, showsPassing, telling)}`;
    }),
    ...(hidden > 0 ? [`  ${hiddenText(hidden)}`] : []),
  ].join('\n');
}

export const gapText = (steps: number): string => `${plural(steps, 'step')} that changed its count, left out`;

export const hiddenText = (hidden: number): string =>
  `${plural(hidden, 'step')} in which only the value stack took or gave a reference, not listed.`;
