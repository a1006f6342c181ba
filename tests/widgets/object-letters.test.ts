import { expect, it } from 'vitest';
import { letterAt, meetObjects } from '../../components/widgets/object-letters';
import { traced } from './traced';

it('goes on after Z', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterAt)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

it('gives one object one letter, in the order of meeting, and leaves it that', async () => {
  const past = await traced('a = []\nb = a\n', 'c = {}\ndel b\na = None\n');
  const letters = new Map<number, string>();
  const named = (run: number, step: number) => {
    const moment = past.ask({ what: 'moment', at: { run, step }, options: { graph: false, around: [] } });
    meetObjects(letters, moment);
    return moment.state.references.map(({ name, object }) => `${name} ${letters.get(object.serial) ?? '-'}`);
  };
  expect(named(1, past.runs[0]!.steps)).toEqual(['a A', 'b A']);
  expect(named(2, past.end.step)).toEqual(['a -', 'c B']);
  meetObjects(letters, past.ask({ what: 'steps', run: 2, from: 0, to: past.end.step, granularity: 'line' }));
  expect([...letters.values()]).toEqual(['A', 'B']);
});
