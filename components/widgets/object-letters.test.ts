import { expect, it } from 'vitest';
import { letterAt, objectLetters } from './object-letters';
import { classicReport, cycleReport } from './testing/reports';

it('goes on after Z', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterAt)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

it('gives one object one letter for the whole report', () => {
  expect([...objectLetters(classicReport())]).toEqual([[11, 'A']]);
  expect([...objectLetters(cycleReport())]).toEqual([
    [20, 'A'],
    [21, 'B'],
    [22, 'C'],
  ]);
});
