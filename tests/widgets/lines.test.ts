/** The beginnings of lines, against the steps by line. */
import { expect, it } from 'vitest';
import { traced } from './traced';

it('the lines reading agrees with the steps by line', async () => {
  const past = await traced('def f(n):\n    m = n\n    return m\nfor i in range(3):\n    f(i)\nx = 1\n');
  const { run } = past.end;
  const { steps } = past.ask({ what: 'steps', run, from: 0, to: past.end.step, granularity: 'line' });
  const lines = past.ask({ what: 'lines', run, index: 0, step: null });
  expect(lines.starts).toEqual(steps.map((step) => step.from));
  expect(lines.lines).toEqual(steps.map((step) => step.line));
  expect(lines).toMatchObject({ from: 0, total: steps.length });
  expect(past.ask({ what: 'lines', run, index: null, step: past.end.step })).toEqual(lines);
});
