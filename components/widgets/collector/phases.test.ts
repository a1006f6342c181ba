import { expect, it } from 'vitest';
import { aCollection, anObject } from '../testing/report-builder';
import { cycleReport } from '../testing/reports';
import { phasesOf } from './phases';

it('tells a collection in the order of its phases', () => {
  const [collection] = cycleReport().collections;
  const phases = phasesOf(collection!);
  expect(phases.map((phase) => [phase.name, phase.total])).toEqual([
    ['Examined', 6127],
    ['Found unreachable', 2],
    ['Finalized', 2],
    ['Freed', 2],
    ['Uncollectable', 0],
  ]);
  expect(phases[0]?.text).toBe('tracked objects in all generations');
  expect(phases[1]?.objects[0]?.note).toBe('count 1 − 1 from inside = 0 from outside');
});

it('names who came back to life, and counts what is not listed', () => {
  const a = anObject(1, 'Node', '<Node object>');
  const phases = phasesOf(
    aCollection({
      finalized: [a],
      resurrected: [a],
      totals: { unreachable: 0, finalized: 3, resurrected: 1, freed: 0, uncollectable: 0 },
      weakrefs: { cleared: 1, callbacks: 0 },
    }),
  );
  expect(phases[2]).toMatchObject({
    text: '__del__ was called once for each, 1 weak reference cleared, 1 came back to life',
    objects: [{ note: 'made itself reachable again' }],
    omitted: 2,
  });
});
