import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLesson, readOutline } from './outline';

let learn = '';
beforeEach(() => {
  learn = mkdtempSync(join(tmpdir(), 'heapbook-outline-'));
});
afterEach(() => rmSync(learn, { recursive: true, force: true }));

function write(chapter: string, lesson: string, requires: string[] = []) {
  mkdirSync(join(learn, chapter, lesson), { recursive: true });
  writeFileSync(join(learn, chapter, 'chapter.json'), JSON.stringify({ title: chapter, summary: 's' }));
  const list = requires.length > 0 ? ['requires:', ...requires.map((id) => `  - ${id}`)] : [];
  writeFileSync(
    join(learn, chapter, lesson, 'page.mdx'),
    ['---', `title: ${lesson}`, 'summary: s', ...list, '---'].join('\n'),
  );
}

test('lessons stand in the order of their folders, and addresses carry no numbers', () => {
  write('01-one', '01-a');
  write('01-one', '02-b', ['one/a']);
  write('02-two', '01-c', ['one/b']);
  const chapters = readOutline(learn);
  expect(chapters.flatMap(({ lessons }) => lessons.map(({ href }) => href))).toEqual([
    '/learn/one/a/',
    '/learn/one/b/',
    '/learn/two/c/',
  ]);
  const place = findLesson(chapters, 'one/b');
  expect([place?.previous?.id, place?.next?.id]).toEqual(['one/a', 'two/c']);
  expect(findLesson(chapters, 'one/x')).toBeUndefined();
});

test('a lesson may require only earlier ones', () => {
  write('01-one', '01-a', ['one/b']);
  write('01-one', '02-b');
  expect(() => readOutline(learn)).toThrow('one/a requires one/b, which is not an earlier lesson');
});

test('folders are numbered without gaps', () => {
  write('01-one', '02-a');
  expect(() => readOutline(learn)).toThrow('numbers run from 01 without gaps');
});

test('folders are named NN-like-this', () => {
  write('01-one', '01-A_b');
  expect(() => readOutline(learn)).toThrow('a folder is named NN-like-this');
});
