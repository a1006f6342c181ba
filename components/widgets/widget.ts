/** What every widget is given: where the learner stands, what is selected, and how to move both. */
import type { ComponentType } from 'react';
import type { Moment, RunSummary } from '../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from './object-letters';

export type Granularity = 'line' | 'instruction';

export interface WidgetProps {
  /** The run looked at. */
  readonly run: RunSummary;
  /** All runs of the session, oldest first; links may lead to any that is not dropped. */
  readonly runs: readonly RunSummary[];
  /** The moment looked at; `at.run === run.run`. */
  readonly at: Moment;
  /** The moment that the last step led here from: a line or an instruction earlier. Equal to `at` at the beginning. */
  readonly from: Moment;
  readonly granularity: Granularity;
  /** Serial of the object that is selected on the whole page; null: none. */
  readonly selected: number | null;
  readonly letters: ObjectLetters;
  onGoTo(at: Moment): void;
  onSelect(serial: number | null): void;
}

/** The widgets by the names that lessons use: `<Cell show="references heap">`. */
export const WIDGET_IDS = [
  'references',
  'heap',
  'collector',
  'timeline',
  'biography',
  'bytecode',
  'allocator',
  'difference',
] as const;
export type WidgetId = (typeof WIDGET_IDS)[number];

/** How a widget is entered in the list of all (registry.ts). */
export interface WidgetEntry {
  readonly id: WidgetId;
  readonly title: string;
  /** What it shows, in some words, for the menu that opens it. */
  readonly about: string;
  readonly Widget: ComponentType<WidgetProps>;
}
