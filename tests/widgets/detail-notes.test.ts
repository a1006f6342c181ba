/** What was not kept of a run is said, with its numbers. */
import { expect, test } from 'vitest';
import { detailNotes } from '../../components/widgets/detail-notes';
import { createInterpreter } from '../../lib/engine';
import { TRACE_LIMITS, type TraceLimits } from '../../lib/engine/snapshot/trace-types';

function summaryWithin(limits: Partial<TraceLimits>) {
  const session = createInterpreter({ profile: '3.14' });
  Reflect.set(session.machine, 'limits', { ...TRACE_LIMITS, ...limits });
  const source = 'kept = []\nfor i in range(500):\n    kept.append([i])\n';
  session.begin(source, { filename: '<cell 1>', cellId: '1', trace: true, onStream: () => {} });
  while (session.step(100_000) === 'running');
  return session.traced()!;
}

test('a whole run needs no words', () => {
  expect(detailNotes(summaryWithin({}))).toEqual([]);
});

test('a run whose beginning was dropped, or whose end found no room', () => {
  const cut = summaryWithin({ runBytes: 60_000 });
  expect(cut.linesDropped).toBeGreaterThan(100);
  expect(detailNotes(cut)).toEqual([
    `The first ${cut.linesDropped} lines are not kept: the record of this run was full.`,
  ]);
  const short = summaryWithin({ steps: 300, instructions: 0 });
  expect(short.steps).toBe(300);
  // The loop's head and its body, 500 times, the head once more and the line before it.
  expect(short.lines).toBe(1002);
  expect(short.linesLost).toBe(702);
  expect(detailNotes(short)[0]).toBe(
    'The last 702 lines are part of its last step: this run has too many to keep each.',
  );
});
