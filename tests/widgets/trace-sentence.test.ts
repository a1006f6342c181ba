/** The sentence of each step, by line and by instruction, of programs that ran on the engine. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { traceSentence } from '../../components/widgets/trace-sentence';
import { plain } from '../../components/widgets/words/sentence';
import type { TraceStep } from '../../lib/engine/snapshot/trace-types';
import { type Traced, traced } from './traced';

const GRANULARITIES = ['line', 'instruction'] as const;

function stepsOf(past: Traced, granularity: TraceStep['kind'], most = Number.POSITIVE_INFINITY): TraceStep[] {
  const { run, step: end } = past.end;
  const steps: TraceStep[] = [];
  for (let from = 0; from < end && steps.length < most; ) {
    const piece = past.ask({ what: 'steps', run, from, to: end, granularity });
    steps.push(...piece.steps);
    from = piece.next;
  }
  return steps;
}

async function sentences(granularity: TraceStep['kind'], ...cells: string[]): Promise<string[]> {
  return stepsOf(await traced(...cells), granularity).map((step) => plain(traceSentence(step, null)));
}

describe('one sentence for each line', () => {
  it('of the classic example', async () => {
    expect(await sentences('line', 'my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list')).toEqual([
      'my_list refers to a new list; its count is 1.',
      'your_list now refers to the same list as my_list; its count goes from 1 to 2.',
      'my_list is gone, not the object: the list’s count goes from 2 to 1, held by your_list. The cell is over, and its constants were let go.',
    ]);
  });

  it('of a call', async () => {
    const code =
      'def total(data):\n    n = len(data)\n    return n\nnumbers = [10, 20]\ntotal(numbers)\nnumbers = None\n';
    expect(await sentences('line', code)).toEqual([
      'total refers to a new function; its count is 1.',
      'numbers refers to a new list; its count is 1.',
      'total() is called. data in total() now refers to the same list as numbers; its count goes from 1 to 2. The count of total goes from 1 to 2.',
      'n in total() refers to 2, which is immortal: it is never counted.',
      'total() returns: its local names are gone. The count of numbers goes from 2 to 1. The count of total goes from 2 to 1.',
      'No name and no count changed.',
      'numbers now refers to None, which is immortal: it is never counted. The list it referred to before died: its count reached zero. The cell is over, and its constants were let go.',
    ]);
  });

  it('of a cycle that is collected', async () => {
    const begin = 'import gc\nclass Node: pass\na = Node()\nb = Node()';
    const code = 'a.other = b\nb.other = a\ndel a\ndel b\ngc.collect()\nNone\n';
    expect(await sentences('line', begin, code)).toEqual([
      'The count of b goes from 1 to 2.',
      'The count of a goes from 1 to 2.',
      'a is gone, but the Node lives on: its count goes from 2 to 1.',
      'b is gone, but the Node lives on: its count goes from 2 to 1.',
      'The collector ran and freed 2 objects. The count of Node goes from 6 to 4.',
      'The cell is over, and its constants were let go.',
    ]);
  });

  it('of a generator', async () => {
    const code = 'def g(n):\n    yield n\nit = g([])\nx = next(it)\nx = 1\ndel it\n';
    expect(await sentences('line', code)).toEqual([
      'g refers to a new function; its count is 1.',
      'g() is called. n in g() refers to a new list; its count is 1. The count of g goes from 1 to 2.',
      'g() gives back a new generator, which has not begun.',
      'it refers to the <generator g>; its count stays 1.',
      'g() goes on where it had stopped. The count of it goes from 1 to 2.',
      'No name and no count changed.',
      'g() is suspended: its local names stay. The count of n goes from 1 to 2. The count of it goes from 2 to 1.',
      'x refers to the list []; its count stays 2.',
      'x now refers to 1, which is immortal: it is never counted. The list it referred to before lives on; its count goes from 2 to 1.',
      'it is gone, and the generator died with it: its count reached zero. The count of g goes from 2 to 1. The list [] died: its count reached zero. The cell is over, and its constants were let go.',
    ]);
  });
});

it('at the beginning, how many names are there already', () => {
  const names = [] as const;
  const empty = { references: names, unnamed: [], omitted: 0, allocated: 0 };
  expect(plain(traceSentence(null, empty))).toBe('Before the first line there are no names yet.');
  expect(plain(traceSentence(null, { ...empty, omitted: 2 }))).toBe(
    'Before the first line: 2 names from earlier cells.',
  );
});

describe('one sentence for each instruction', () => {
  it('of an alias: the push counts, the store takes over', async () => {
    const told = await sentences('instruction', 'a = []\nb = a\n');
    expect(told).toContain('An empty list is built: its count is 1.');
    expect(told).toContain('a is pushed on the stack: its count goes from 1 to 2.');
    expect(told).toContain('b now refers to the same list as a; its count goes from 2 to 3 and back.');
    expect(told.at(-1)).toBe('The cell is over, and its constants were let go.');
  });

  it('of a local: what is borrowed changes nothing', async () => {
    const told = await sentences('instruction', 'def f(x):\n    return x.y\nclass C: y = 1\nf(C())\n');
    expect(told).toContain('x is pushed on the stack, borrowed from its variable: no count changes.');
  });

  it('of the store of a local: the name takes the reference of the stack over', async () => {
    const told = await sentences('instruction', 'def f():\n    x = []\nf()\n');
    expect(told).toContain(
      'x in f() refers to the list []; its count stays 1, as the name takes over the reference of the stack.',
    );
  });
});

const SAMPLE = readdirSync('tests/conformance', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.py') && !file.startsWith('syntax_errors'))
  .sort()
  .filter((_, at) => at % 23 === 5);

/** Counts that a step has. */
function countsIn({ counts, born, rebound }: TraceStep): { pairs: Set<string>; singles: Set<string> } {
  const pairs = new Set<string>();
  const singles = new Set<string>();
  for (const { serial } of counts) {
    const own = counts.filter((each) => each.serial === serial).flatMap(({ before, after }) => [before, after]);
    for (const count of own) singles.add(String(count));
    pairs.add(`${own[0]} ${own.at(-1)}`);
  }
  for (const { count } of [...born, ...rebound]) if (count !== null) singles.add(String(count));
  return { pairs, singles };
}

describe('of conformance programs', () => {
  it.each(SAMPLE)('%s: each step has a sentence, and its counts are those of the step', async (file) => {
    const past = await traced(readFileSync(`tests/conformance/${file}`, 'utf8'));
    for (const granularity of GRANULARITIES) {
      for (const step of stepsOf(past, granularity, 150)) {
        const said = plain(traceSentence(step, null));
        expect(said.trim()).not.toBe('');
        expect(said).toMatch(/\.$/);
        if (!said.includes('count')) continue;
        const { pairs, singles } = countsIn(step);
        for (const [, before, after] of said.matchAll(/ count goes from (\d+) to (\d+)[;.,]/g)) {
          expect(pairs, said).toContain(`${before} ${after}`);
        }
        for (const [, count] of said.matchAll(/ count (?:stays|is) (\d+)/g)) expect(singles, said).toContain(count);
        for (const [, by] of said.matchAll(/ to (\d+) and (?:back|then)/g)) expect(singles, said).toContain(by);
      }
    }
  });
});
