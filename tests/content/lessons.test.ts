/** What every lesson must be, whoever writes it: docs/writing-lessons.md as tests. */
import { describe, expect, test } from 'vitest';
import { readLessons } from './lessons';

const lessons = readLessons();
const pages = new Set(lessons.map(({ lesson }) => lesson.href));

describe.each(lessons)('$lesson.id', ({ lesson, source, cells, recorded }) => {
  test('says what the reader will learn, and what to read before it', () => {
    expect(lesson.learn.length).toBeGreaterThan(1);
    const isFirst = lessons[0]?.lesson.id === lesson.id;
    expect(lesson.requires.length > 0 || isFirst).toBe(true);
  });

  test('every cell has a recording, made from the code that stands on the page', () => {
    expect(recorded.map(({ code }) => code)).toEqual(cells.map(({ code }) => code));
  });

  test('a cell raises what it declares, and nothing else', () => {
    for (const [at, cell] of cells.entries()) {
      expect([cell.index, recorded[at]?.error?.ename]).toEqual([cell.index, cell.expectError]);
      expect(recorded[at]?.stderr).toBeUndefined();
    }
  });

  test('ends with a recap and challenges, each with a hint and a solution that runs', () => {
    expect(source.match(/<Recap>/g)).toHaveLength(1);
    const challenges = source.split('<Challenge title=').slice(1);
    expect(challenges.length).toBeGreaterThan(0);
    for (const challenge of challenges) {
      expect(challenge).toMatch(/<Hint>[\s\S]+<\/Hint>[\s\S]*<Solution>[\s\S]+```py cell[\s\S]+<\/Solution>/);
    }
  });

  test('asks for predictions, each followed at once by the cell that answers it', () => {
    const answers = [...source.matchAll(/<\/Predict>\s*\n(.*)/g)].map(([, line]) => line);
    expect(answers.length).toBeGreaterThan(0);
    for (const line of answers) expect(line).toContain('```py cell');
  });

  test('links lead to lessons that exist', () => {
    for (const [, href = ''] of source.matchAll(/\]\((\/learn\/[^)#]*)/g)) expect(pages).toContain(href);
  });

  test('keeps to the words of the course', () => {
    const prose = source.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
    expect(prose).not.toMatch(/\b(pointer|pointers|reclaimed|deallocated|garbage-collected|Garbage Collector)\b/);
  });
});
