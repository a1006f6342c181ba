import { expect, test } from 'vitest';
import { DivergenceError, parseDivergence } from './divergences';

const head = '# category: c\n# description: d\n# cause: long\n#   and longer\n# workaround: w\n# cpython: 1\n';

test('a value may go on in the next line, and the program follows the head', () => {
  const one = parseDivergence(`${head}# heapbook: a: b\n\n# a comment\nprint(2)\n`, 'name');
  expect(one).toMatchObject({ cause: 'long and longer', heapbook: 'a: b', code: '# a comment\nprint(2)' });
});

test('a head that leaves something out is refused', () => {
  expect(() => parseDivergence(`${head}print(2)\n`, 'name')).toThrow(DivergenceError);
});
