/**
 * Where Heapbook is known to differ from CPython: the programs of tests/divergences with what their heads say. Tests run
 * them, so what stands on the page is true of the engine it is delivered with.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Divergence {
  /** The program's file without its ending: the anchor on the page. */
  name: string;
  category: string;
  description: string;
  cause: string;
  workaround: string;
  /** The last line that each prints. */
  cpython: string;
  heapbook: string;
  /** The one version of Python that has it; all when absent. */
  profile?: string;
  /** The program below its head. */
  code: string;
}

/** Tests of CPython's own that pass there and not on the engine, for one reason. */
export interface KnownTests {
  reason: string;
  /** The program that shows it, by the name of its file. */
  program?: string;
  /** They pass on some runs. */
  unsteady?: boolean;
  /** By module. */
  tests: Record<string, string[]>;
}

export class DivergenceError extends Error {}

/** `# key: value` in the comment that opens a program; a line that is indented further goes on with the value. */
export function parseDivergence(source: string, name: string): Divergence {
  const head = /^(?:#.*\n)*/.exec(source)?.[0] ?? '';
  const values = new Map<string, string>();
  let key = '';
  for (const line of head.split('\n').slice(0, -1)) {
    const [, started, text = ''] = /^# (?:(\w+): )? *(.*)$/.exec(line) ?? [];
    if (started !== undefined) {
      key = started;
      values.set(key, text);
    } else if (key === '') throw new DivergenceError(`${name}: a head begins with # key: value`);
    else values.set(key, `${values.get(key)} ${text}`);
  }
  const need = (wanted: string): string => {
    const value = values.get(wanted);
    if (!value) throw new DivergenceError(`${name}: its head does not say what the ${wanted} is`);
    return value;
  };
  return {
    name,
    category: need('category'),
    description: need('description'),
    cause: need('cause'),
    workaround: need('workaround'),
    cpython: need('cpython'),
    heapbook: need('heapbook'),
    profile: values.get('profile'),
    code: source.slice(head.length).trim(),
  };
}

export function readKnownTests(folder = join(process.cwd(), 'tests', 'divergences')): KnownTests[] {
  return JSON.parse(readFileSync(join(folder, 'cpython-tests.json'), 'utf8')) as KnownTests[];
}

/** By category, what concerns memory first. */
export function readDivergences(folder = join(process.cwd(), 'tests', 'divergences')): Map<string, Divergence[]> {
  const groups = new Map<string, Divergence[]>([['memory', []]]);
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .sort()) {
    const name = file.slice(0, -'.py'.length);
    const one = parseDivergence(readFileSync(join(folder, file), 'utf8'), name);
    groups.set(one.category, [...(groups.get(one.category) ?? []), one]);
  }
  return new Map([...groups].filter(([, list]) => list.length > 0));
}
