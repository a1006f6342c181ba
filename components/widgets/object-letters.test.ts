import { expect, it } from 'vitest';
import { addLetters, letterAt } from './object-letters';
import { callReport, classicReport, cycleReport } from './testing/reports';

it('goes on after Z', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letterAt)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

it('gives one object one letter for the whole report', () => {
  expect([...addLetters(new Map(), classicReport())]).toEqual([[11, 'A']]);
  expect([...addLetters(new Map(), cycleReport())]).toEqual([
    [20, 'A'],
    [21, 'B'],
    [22, 'C'],
  ]);
});

it('keeps the letters of earlier cells', () => {
  const letters = new Map<number, string>();
  addLetters(letters, classicReport());
  addLetters(letters, cycleReport());
  addLetters(letters, callReport());
  expect([...letters]).toEqual([
    [11, 'A'],
    [20, 'B'],
    [21, 'C'],
    [22, 'D'],
    [12, 'E'],
  ]);
});
