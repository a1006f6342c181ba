/** Every lesson with its cells and with what CPython said of them (scripts/record-lessons.mjs). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, cellsOf } from '../../lib/content/fences.mjs';
import { type Lesson, readOutline } from '../../lib/content/outline';

export interface RecordedCell {
  index: number;
  code: string;
  stdout: string;
  stderr?: string;
  /** What a notebook shows of a last expression. */
  result?: string;
  error?: { ename: string; evalue: string };
  /** Name → `ob_refcnt` of its object after the cell; functions, classes, modules and immortal objects left out. */
  counts: Record<string, number>;
}

export interface LessonSource {
  lesson: Lesson;
  source: string;
  cells: Cell[];
  recorded: RecordedCell[];
}

export function readLessons(): LessonSource[] {
  return readOutline().flatMap(({ lessons }) =>
    lessons.map((lesson) => {
      const folder = join('content', 'learn', lesson.chapterFolder, lesson.lessonFolder);
      const source = readFileSync(join(folder, 'page.mdx'), 'utf8');
      const outputs = join(folder, 'outputs.json');
      const recorded: RecordedCell[] = existsSync(outputs) ? JSON.parse(readFileSync(outputs, 'utf8')).cells : [];
      return { lesson, source, cells: cellsOf(source), recorded };
    }),
  );
}
