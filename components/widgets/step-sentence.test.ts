import { describe, expect, it } from 'vitest';
import { countChanges, plain, stepSentence } from './step-sentence';
import { callReport, classicReport, cycleReport } from './testing/reports';

const sentences = (report: ReturnType<typeof classicReport>) =>
  [...Array(report.steps.length + 1).keys()].map((cursor) => plain(stepSentence(report, cursor)));

describe('one sentence per step', () => {
  it('of the classic example', () => {
    expect(sentences(classicReport())).toEqual([
      'Before the first line there are no names yet.',
      'my_list refers to a new list; its count is 1.',
      'your_list now refers to the same list as my_list; its count goes from 1 to 2.',
      'my_list is gone, not the object: the list’s count goes from 2 to 1, held by your_list.',
    ]);
  });

  it('of a call', () => {
    expect(sentences(callReport()).slice(1)).toEqual([
      'total refers to a new function; its count is 1.',
      'numbers refers to a new list; its count is 1.',
      'data in total() now refers to the same list as numbers; its count goes from 1 to 3. n in total() refers to 2, which is immortal: it is never counted.',
      'No name and no count changed.',
      'total() is over: its local names are gone. The count of numbers goes from 3 to 1.',
      'numbers now refers to None, which is immortal: it is never counted. The list it referred to before died: its count reached zero.',
    ]);
  });

  it('of a cycle', () => {
    expect(sentences(cycleReport())).toEqual([
      'Before the first line: 3 names from earlier cells.',
      'The count of b goes from 1 to 2.',
      'The count of a goes from 1 to 2.',
      'a is gone, but the Node lives on without a name: its count goes from 2 to 1.',
      'b is gone, but the Node lives on without a name: its count goes from 2 to 1.',
      'The collector ran and collected 2 objects.',
    ]);
  });
});

describe('the changes beside a line', () => {
  it('give one count per object, with the names that lead to it', () => {
    const report = classicReport();
    expect(countChanges(report, 0)).toEqual([]);
    expect(countChanges(report, 1)).toEqual([{ serial: 11, names: ['my_list'], from: 0, to: 1 }]);
    expect(countChanges(report, 2)).toEqual([{ serial: 11, names: ['my_list', 'your_list'], from: 1, to: 2 }]);
    expect(countChanges(report, 3)).toEqual([{ serial: 11, names: ['your_list'], from: 2, to: 1 }]);
  });

  it('end at 0 for an object that died', () => {
    expect(countChanges(callReport(), 6)).toEqual([{ serial: 12, names: ['numbers'], from: 1, to: 0 }]);
    expect(countChanges(cycleReport(), 5)).toMatchObject([
      { names: ['a'], to: 0 },
      { names: ['b'], to: 0 },
    ]);
  });
});
