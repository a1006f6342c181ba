import { expect, it } from 'vitest';
import { moveStops } from './move-stops';

const lines = (text: string) => text.split('').join('\n');

it('stops stay with their lines', () => {
  const stops = new Set([2, 4]);
  expect(moveStops(stops, lines('abcd'), lines('abcde'))).toEqual(new Set([2, 4]));
  expect(moveStops(stops, lines('abcd'), lines('xabcd'))).toEqual(new Set([3, 5]));
  expect(moveStops(stops, lines('abcd'), lines('abxcd'))).toEqual(new Set([2, 5]));
  expect(moveStops(stops, lines('abcd'), lines('acd'))).toEqual(new Set([3]));
  expect(moveStops(stops, lines('abcd'), lines('abcx'))).toEqual(new Set([2, 4]));
  expect(moveStops(stops, lines('abcd'), '')).toEqual(new Set());
});
