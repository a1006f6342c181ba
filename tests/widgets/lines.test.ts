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

it('births, deaths and collections say in which line they were, of which file', async () => {
  const past = await traced('import gc\ndef f():\n    a = []\n    a.append(a)\n    del a\n', 'f()\ngc.collect()\n');
  const { lifetimes, collections } = past.ask({ what: 'lifetimes', run: past.end.run });
  const list = lifetimes.find(({ label }) => label === 'a')!;
  expect(list.bornIn).toEqual({ line: 3, filename: '<cell 1>' });
  expect(list.diedIn).toEqual({ line: 2, filename: '<cell 2>' });
  expect(collections.map(({ place }) => place)).toEqual([{ line: 2, filename: '<cell 2>' }]);
  const { events } = past.ask({ what: 'biography', serial: list.serial });
  expect(events.map(({ filename }) => filename).filter((name) => name === '<cell 1>')).not.toEqual([]);
});

it('the bytecode comes with the lines of the source that it was made of', async () => {
  const past = await traced('x = [\n    1,\n]\ny = x\n');
  const { source } = past.ask({ what: 'bytecode', at: { run: past.end.run, step: 0 } });
  expect(source).toEqual([
    { line: 1, text: 'x = [' },
    { line: 2, text: '    1,' },
    { line: 3, text: ']' },
    { line: 4, text: 'y = x' },
  ]);
});
