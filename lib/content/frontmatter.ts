/**
 * The head of a lesson, between two lines of `---`. A small part of YAML, read strictly: `key: text` and
 * `key:` followed by `- item` lines. Anything else is an author's slip and fails with its line.
 */

export interface Frontmatter {
  title: string;
  /** One sentence for lists and search engines. */
  summary: string;
  /** Ids of lessons that must come first; a lesson uses only what these and their own requirements explained. */
  requires: string[];
  /** What the reader will be able to do, one line each. */
  learn: string[];
}

export class FrontmatterError extends Error {}

const texts = ['title', 'summary'] as const;
const lists = ['requires', 'learn'] as const;

export function parseFrontmatter(source: string, path: string): Frontmatter {
  const fail = (line: number, reason: string): never => {
    throw new FrontmatterError(`${path}:${line}: ${reason}`);
  };
  const lines = source.split('\n');
  if (lines[0] !== '---') fail(1, 'a lesson starts with a line of ---');
  const end = lines.indexOf('---', 1);
  if (end < 0) fail(1, 'the frontmatter has no closing ---');

  const values = new Map<string, string | string[]>();
  let list: string[] | undefined;
  for (const [offset, text] of lines.slice(1, end).entries()) {
    const line = offset + 2;
    const item = /^ {2}- (\S.*)$/.exec(text);
    const pair = /^([a-z]+):(?: (\S.*))?$/.exec(text);
    if (item?.[1] !== undefined && list) list.push(item[1].trim());
    else if (pair?.[1] !== undefined) {
      const [, key, value] = pair;
      if (values.has(key)) fail(line, `${key} is given twice`);
      list = value === undefined ? [] : undefined;
      values.set(key, value?.trim() ?? list ?? []);
    } else fail(line, `cannot read ${JSON.stringify(text)}`);
  }

  const known: readonly string[] = [...texts, ...lists];
  for (const key of values.keys()) if (!known.includes(key)) fail(1, `there is no field ${key}`);
  const text = (key: (typeof texts)[number]): string => {
    const value = values.get(key);
    return typeof value === 'string' ? value : fail(1, `${key} must be one line of text`);
  };
  const items = (key: (typeof lists)[number]): string[] => {
    const value = values.get(key) ?? [];
    return typeof value === 'string' ? fail(1, `${key} must be a list of "- " lines`) : value;
  };
  return { title: text('title'), summary: text('summary'), requires: items('requires'), learn: items('learn') };
}
