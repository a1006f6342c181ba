import { expect, it } from 'vitest';
import { collectionsUntil, deathsUntil, lastCursor, stateAt } from './cursor';
import { aCollection, aReport, aStep } from './testing/report-builder';
import { callReport, cycleReport } from './testing/reports';

it('goes from the moment before the cell to the last step', () => {
  const report = cycleReport();
  expect(lastCursor(report)).toBe(5);
  expect(stateAt(report, 0)).toBe(report.before);
  expect(stateAt(report, 5)).toBe(report.steps[4]);
});

it('gathers deaths up to the cursor, latest first, and says which are of this step', () => {
  const report = callReport();
  expect(deathsUntil(report, 5).deaths).toEqual([]);
  expect(deathsUntil(report, 6).deaths).toMatchObject([{ object: { repr: '[10, 20]' }, isNow: true }]);
});

it('shows a collection from the step on in which it ran, and all of them at the end', () => {
  const report = cycleReport();
  expect(collectionsUntil(report, 4)).toHaveLength(0);
  expect(collectionsUntil(report, 5)).toHaveLength(1);
});

it('loses no collection to steps that were thinned out', () => {
  const ran = [0, 1, 2].map((at) => aCollection({ line: at + 1 }));
  const report = aReport([aStep(1, [], { collections: [0] }), aStep(3, [], { collections: [2] })], undefined, ran);
  expect(collectionsUntil(report, 1)).toHaveLength(1);
  expect(collectionsUntil(report, 2)).toHaveLength(3);
});
