import { expect, it } from 'vitest';
import { failingLine } from './failing-line';

const traceback = (text: string) => failingLine(text.split('\n'));

it('is the innermost line of this cell', () => {
  expect(
    traceback(
      'Traceback (most recent call last):\n  File "<cell 2>", line 5, in <module>\n  File "<cell 2>", line 2, in f\nValueError: x',
    ),
  ).toBe(2);
});

it('is the call when the exception arose in another cell’s function', () => {
  expect(
    traceback(
      'Traceback (most recent call last):\n  File "<cell 2>", line 5, in <module>\n  File "<cell 1>", line 2, in f\nValueError: x',
    ),
  ).toBe(5);
});

it('is found for a SyntaxError and absent without an entry', () => {
  expect(traceback('  File "<cell 1>", line 3\n    x =\n       ^\nSyntaxError: invalid syntax')).toBe(3);
  expect(traceback('KeyboardInterrupt')).toBeNull();
});
