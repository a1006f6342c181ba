/** The moments that this one may be compared with. */
import type { Moment, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { runName } from '../run-name';

export interface Pin {
  readonly at: Moment;
  readonly label: string;
}

export interface Choice {
  readonly id: string;
  readonly group: 'This run' | 'Pinned' | 'Ends of other runs' | 'Versions of this cell, by name';
  readonly label: string;
  readonly at: Moment;
  /** The objects of two runs of one cell differ, so their names are compared. */
  readonly byName: boolean;
}

export interface ChoicesOptions {
  readonly run: RunSummary;
  readonly runs: readonly RunSummary[];
  readonly at: Moment;
  readonly from: Moment;
  readonly pins: readonly Pin[];
}

export function choicesOf({ run, runs, at, from, pins }: ChoicesOptions): readonly Choice[] {
  const kept = runs.filter((each) => each.detail !== 'dropped');
  const choice = (id: string, group: Choice['group'], label: string, moment: Moment, byName = false): Choice => ({
    id,
    group,
    label,
    at: moment,
    byName,
  });
  const choices = [
    choice('beginning', 'This run', 'the run’s beginning', { run: run.run, step: 0 }),
    choice('end', 'This run', 'the run’s end', { run: run.run, step: run.steps }),
    choice('before', 'This run', 'one step earlier', from),
    ...pins
      .filter((pin) => kept.some((each) => each.run === pin.at.run && pin.at.step <= each.steps))
      .map((pin) => choice(`pin ${pin.at.run} ${pin.at.step}`, 'Pinned', pin.label, pin.at)),
  ];
  const end = (each: RunSummary) => ({ run: each.run, step: each.steps });
  const name = (each: RunSummary) => runName(each, runs, run.cellId);
  const others = kept.filter((each) => each.run !== run.run);
  const versions = others.filter((each) => each.cellId === run.cellId);
  return [
    ...choices.filter((each) => each.id !== 'before' || from.step !== at.step),
    ...others.map((each) => choice(`end ${each.run}`, 'Ends of other runs', `the end of ${name(each)}`, end(each))),
    ...versions.map((each) =>
      choice(`names ${each.run}`, 'Versions of this cell, by name', `${name(each)}, by name`, end(each), true),
    ),
  ];
}

/** What is compared with before the reader chooses: the run's beginning, or at the beginning its end. */
export function chosenOf(choices: readonly Choice[], id: string | null, at: Moment): Choice {
  const wanted = choices.find((each) => each.id === id);
  return wanted ?? choices.find((each) => each.id === (at.step === 0 ? 'end' : 'beginning')) ?? choices[0]!;
}

export function isEarlier(a: Moment, b: Moment): boolean {
  return a.run < b.run || (a.run === b.run && a.step < b.step);
}
