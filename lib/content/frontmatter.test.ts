import { expect, test } from 'vitest';
import { parseFrontmatter } from './frontmatter';

const head = (...lines: string[]) => ['---', ...lines, '---', '', 'Text.'].join('\n');

test('texts and lists are read', () => {
  const source = head(
    'title: One: two',
    'summary: A sentence.',
    'requires:',
    '  - a/b',
    'learn:',
    '  - First',
    '  - Second',
  );
  expect(parseFrontmatter(source, 'p')).toEqual({
    title: 'One: two',
    summary: 'A sentence.',
    requires: ['a/b'],
    learn: ['First', 'Second'],
  });
});

test.each([
  ['no head', 'Text.', 'p:1: a lesson starts with'],
  ['an open head', '---\ntitle: A', 'no closing'],
  ['an unknown field', head('title: A', 'summary: B', 'tittle: C'), 'there is no field tittle'],
  ['a field twice', head('title: A', 'title: B'), 'p:3: title is given twice'],
  ['a missing field', head('title: A'), 'summary must be one line'],
  ['a list where a text belongs', head('title:', '  - A', 'summary: B'), 'title must be one line'],
  ['a text where a list belongs', head('title: A', 'summary: B', 'learn: C'), 'learn must be a list'],
  ['a stray line', head('title: A', '- B'), 'p:3: cannot read'],
])('%s is refused with its place', (_, source, message) => {
  expect(() => parseFrontmatter(source, 'p')).toThrow(message);
});
