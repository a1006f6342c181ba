/**
 * The course as a tree: chapters and lessons in reading order, read from the folders of content/learn at build time.
 * Folder numbers are the order and nothing else; addresses do not carry them, so lessons can be moved.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Frontmatter, parseFrontmatter } from './frontmatter';

export interface Lesson extends Frontmatter {
  /** `chapter/lesson`, without numbers: the key for links, requirements and saved work. */
  id: string;
  href: string;
  /** `01-chapter` and `02-lesson`: where the files are. */
  chapterFolder: string;
  lessonFolder: string;
  /** Place in its chapter, from 1. */
  number: number;
}

export interface Chapter {
  slug: string;
  title: string;
  summary: string;
  number: number;
  lessons: Lesson[];
}

export class OutlineError extends Error {}

interface Folder {
  name: string;
  number: number;
  slug: string;
}

function numberedFolders(path: string): Folder[] {
  const folders = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): Folder => {
      const match = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(name);
      if (!match) throw new OutlineError(`${join(path, name)}: a folder is named NN-like-this`);
      return { name, number: Number(match[1]), slug: String(match[2]) };
    })
    .sort((a, b) => a.number - b.number);
  folders.forEach((folder, index) => {
    if (folder.number !== index + 1) {
      throw new OutlineError(
        `${join(path, folder.name)}: numbers run from 01 without gaps, this should be ${index + 1}`,
      );
    }
  });
  return folders;
}

export function readOutline(learn = join(process.cwd(), 'content', 'learn')): Chapter[] {
  const chapters = numberedFolders(learn).map((folder): Chapter => {
    const head = JSON.parse(readFileSync(join(learn, folder.name, 'chapter.json'), 'utf8')) as {
      title: string;
      summary: string;
    };
    const lessons = numberedFolders(join(learn, folder.name)).map((lesson): Lesson => {
      const path = join(learn, folder.name, lesson.name, 'page.mdx');
      if (!existsSync(path)) throw new OutlineError(`${path} is missing`);
      const id = `${folder.slug}/${lesson.slug}`;
      return {
        ...parseFrontmatter(readFileSync(path, 'utf8'), path),
        id,
        href: `/learn/${id}/`,
        chapterFolder: folder.name,
        lessonFolder: lesson.name,
        number: lesson.number,
      };
    });
    return { slug: folder.slug, number: folder.number, title: head.title, summary: head.summary, lessons };
  });
  checkRequirements(chapters.flatMap((chapter) => chapter.lessons));
  return chapters;
}

/** No look-ahead: what a lesson requires stands before it, so requirements cannot form a cycle. */
export function checkRequirements(lessons: readonly Pick<Lesson, 'id' | 'requires'>[]): void {
  const before = new Set<string>();
  for (const lesson of lessons) {
    for (const required of lesson.requires) {
      if (!before.has(required))
        throw new OutlineError(`${lesson.id} requires ${required}, which is not an earlier lesson`);
    }
    before.add(lesson.id);
  }
}

export interface Place {
  chapter: Chapter;
  lesson: Lesson;
  previous: Lesson | undefined;
  next: Lesson | undefined;
}

export function findLesson(chapters: readonly Chapter[], id: string): Place | undefined {
  const all = chapters.flatMap((chapter) => chapter.lessons.map((lesson) => ({ chapter, lesson })));
  const at = all.findIndex(({ lesson }) => lesson.id === id);
  const found = all[at];
  return found && { ...found, previous: all[at - 1]?.lesson, next: all[at + 1]?.lesson };
}
