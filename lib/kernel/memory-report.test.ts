import { expect, it } from 'vitest';
import { parseMemoryReport } from './memory-report';
import { FakeInterpreter } from './testing/fake-engine';

function report() {
  const interpreter = new FakeInterpreter();
  interpreter.begin('names a=1 b=2', { filename: '<cell 1>', cellId: 'c1', trace: true, onStream: () => undefined });
  interpreter.step(10);
  return interpreter.memory();
}

it('passes a report through unchanged', () => {
  expect(parseMemoryReport(JSON.parse(JSON.stringify(report())))).toEqual(report());
});

it('names the place of what is wrong', () => {
  const [step] = report().steps;
  const damaged = { ...report(), steps: [{ ...step, references: [{ ...step?.references[0], count: '1' }] }] };
  expect(() => parseMemoryReport(damaged)).toThrow('.steps[0].references[0].count: expected a number');
  expect(() => parseMemoryReport({ ...report(), schema: 2 })).toThrow('.schema: expected 1');
});
