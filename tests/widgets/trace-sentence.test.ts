/** One plain sentence for each step of a run. */
import { describe, expect, it } from 'vitest';
import { plain, traceSentence } from '../../components/widgets/trace-sentence';
import { type Traced, traced } from './traced';

function sentences(past: Traced, granularity: 'line' | 'instruction'): string[] {
  const { run, step: end } = past.end;
  const { steps } = past.ask({ what: 'steps', run, from: 0, to: end, granularity });
  const state = (step: number) =>
    past.ask({ what: 'moment', at: { run, step }, options: { graph: false, around: [] } }).state;
  return [plain(traceSentence(null, state(0))), ...steps.map((step) => plain(traceSentence(step, state(step.to))))];
}

describe('by line', () => {
  it('the classic example', async () => {
    const past = await traced('my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list\n');
    expect(sentences(past, 'line')).toEqual([
      'Before the first line there are no names yet.',
      'my_list refers to a new list; its count is 1.',
      'your_list now refers to the same list as my_list; its count goes from 1 to 2.',
      'my_list is gone, not the object: the list’s count goes from 2 to 1, held by your_list. The cell is over, and its constants were let go.',
    ]);
  });

  it('a call', async () => {
    const past = await traced(
      'def total(data):\n    n = len(data)\n    return n\nnumbers = [1, 2]\nx = total(numbers)\nnumbers = None\n',
    );
    expect(sentences(past, 'line').slice(1)).toEqual([
      'total refers to a new function; its count is 1.',
      'numbers refers to a new list; its count is 1.',
      'total() is called. data in total() now refers to the same list as numbers; its count goes from 1 to 2. The count of total goes from 1 to 2.',
      'n in total() refers to 2, which is immortal: it is never counted.',
      'total() is over: its local names are gone. The count of numbers goes from 2 to 1. The count of total goes from 2 to 1.',
      'x refers to 2, which is immortal: it is never counted.',
      'numbers now refers to None, which is immortal: it is never counted. The list it referred to before died: its count reached zero. The cell is over, and its constants were let go.',
    ]);
  });
});

it('by instruction: what goes on the stack, and what is only lent', async () => {
  const past = await traced('a = []\ndef f(x):\n    return [x]\nb = f(a)\n');
  const all = sentences(past, 'instruction');
  expect(all).toContain('A new list is born: [].');
  expect(all).toContain('a goes on the stack: its count goes from 1 to 2.');
  expect(all).toContain('x is lent to the stack: nothing is counted for it.');
});

it('every step of a run has a sentence, and no number that is not the step’s', async () => {
  const past = await traced(
    'import gc\nclass Node:\n    def __init__(self, left=None):\n        self.left = left\n    def __del__(self):\n        pass\n' +
      'tree = None\nfor i in range(4):\n    tree = Node(tree)\ntree.left.left.left.left = tree\n' +
      'def walk(node, n):\n    for _ in range(n):\n        yield node\n        node = node.left\n' +
      'kept = list(walk(tree, 6))\ntry:\n    raise ValueError(kept)\nexcept ValueError as error:\n    seen = error.args\ndel seen, kept, tree\ngc.collect()\n',
  );
  for (const granularity of ['line', 'instruction'] as const) {
    const { run, step: end } = past.end;
    for (let from = 0; from < end; ) {
      const { steps, next } = past.ask({ what: 'steps', run, from, to: end, granularity });
      for (const step of steps) {
        const sentence = plain(traceSentence(step, null));
        expect(sentence).toMatch(/^\S.*\.$/);
        for (const [, before, after] of sentence.matchAll(/goes from (\d+) to (\d+)/g)) {
          const numbers = step.counts.flatMap((change) => [change.before, change.after]);
          expect(numbers).toContain(Number(before));
          expect(numbers).toContain(Number(after));
        }
      }
      from = next;
    }
  }
});
