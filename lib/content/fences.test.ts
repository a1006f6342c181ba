import { expect, test } from 'vitest';
import { cellsOf, parseCellMeta } from './fences.mjs';

test('cells are numbered in page order; other fences are not cells', () => {
  const source = [
    '```py cell show="references"',
    'a = []',
    '',
    'b = a',
    '```',
    '```py',
    'not a cell',
    '```',
    '````text',
    '```py cell',
    'text about a cell',
    '```',
    '````',
    '```py cell expect-error="ZeroDivisionError"',
    '1 / 0',
    '```',
  ].join('\n');
  expect(cellsOf(source)).toEqual([
    { index: 1, line: 1, code: 'a = []\n\nb = a', show: 'references' },
    { index: 2, line: 14, code: '1 / 0', expectError: 'ZeroDivisionError' },
  ]);
});

test('attributes are checked', () => {
  expect(parseCellMeta('')).toBeNull();
  expect(parseCellMeta('cellar')).toBeNull();
  expect(parseCellMeta('cell show="references collector"')).toEqual({ show: 'references collector' });
  expect(() => parseCellMeta('cell show="heep"')).toThrow('the views are');
  expect(() => parseCellMeta('cell colour="red"')).toThrow('no attribute "colour"');
  expect(() => parseCellMeta('cell show=references')).toThrow('cannot read "show=references"');
});
