import { expect, it } from 'vitest';
import { OutputBuffer, clip } from './output-buffer';

it('joins writes of one stream until the other writes', () => {
  const buffer = new OutputBuffer();
  buffer.write('stdout', 'a');
  buffer.write('stdout', 'b\n');
  buffer.write('stderr', 'c');
  expect(buffer.flush()).toEqual([
    { name: 'stdout', text: 'ab\n' },
    { name: 'stderr', text: 'c' },
  ]);
  expect(buffer.flush()).toEqual([]);
});

it('cuts at the character limit and counts what it drops', () => {
  const buffer = new OutputBuffer({ characters: 5, lines: 100 });
  buffer.write('stdout', 'abc');
  buffer.write('stdout', 'defg');
  buffer.write('stdout', 'h');
  expect(buffer.flush()).toEqual([{ name: 'stdout', text: 'abcde' }]);
  expect([buffer.shown, buffer.dropped]).toEqual([5, 3]);
});

it('cuts at the line limit, at the end of a line', () => {
  const buffer = new OutputBuffer({ characters: 100, lines: 2 });
  buffer.write('stdout', 'a\nb\nc\n');
  expect(buffer.flush()).toEqual([{ name: 'stdout', text: 'a\nb\n' }]);
  expect(buffer.dropped).toBe(2);
});

it('clips a single text', () => {
  expect(clip('abcdef', 4)).toEqual({ text: 'abcd', dropped: 2 });
  expect(clip('abc', 4)).toEqual({ text: 'abc', dropped: 0 });
});
