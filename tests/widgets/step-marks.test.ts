/** What the editor shows of a step: lines, chips in their order, tokens; and what it says of a name. */
import { describe, expect, it } from 'vitest';
import { nameAt } from '../../components/editor/name-at';
import { nameInfo } from '../../components/widgets/name-info';
import { stepMarks } from '../../components/widgets/step-marks';
import { LineIndex } from '../../components/widgets/trace/line-index';
import type { TraceStep } from '../../lib/engine/snapshot/trace-types';
import { type Traced, traced } from './traced';

const CODE = [
  'my_list = [1, 2, 3]',
  'your_list = my_list',
  'def total(data):',
  '    count = len(data)',
  '    return count',
  'number = total(your_list)',
  'del my_list',
  'your_list = None',
].join('\n');

function stepsOf(past: Traced, granularity: TraceStep['kind']): readonly TraceStep[] {
  const { run, step: end } = past.end;
  return past.ask({ what: 'steps', run, from: 0, to: end, granularity }).steps;
}

function marksOf(past: Traced, step: TraceStep) {
  const index = new LineIndex(past.end.step);
  index.add(past.ask({ what: 'lines', run: past.end.run, index: 0, step: null }));
  return stepMarks(step, index.lineAt(step.to), past.runs.at(-1)!);
}

const chipTexts = ({ chips }: ReturnType<typeof stepMarks>) =>
  chips.map(({ label, before, by, after, isDead }) => [label, before, by, after, isDead]);

describe('the marks of a line', () => {
  it('are the line that ran, the one that comes next, and a chip for each count', async () => {
    const past = await traced(CODE);
    const all = stepsOf(past, 'line').map((step) => marksOf(past, step));
    expect(all.map(({ ran, next }) => [ran?.line, ran?.endLine, next?.line ?? null])).toEqual([
      [1, 1, 2],
      [2, 2, 3],
      [3, 5, 6],
      [6, 6, 4],
      [4, 4, 5],
      [5, 5, 6],
      [6, 6, 7],
      [7, 7, 8],
      [8, 8, null],
    ]);
    expect(all.map(chipTexts)).toEqual([
      [['my_list', null, null, 1, false]],
      [['my_list', 1, null, 2, false]],
      [['total', null, null, 1, false]],
      [
        ['total', 1, null, 2, false],
        ['my_list', 2, null, 3, false],
      ],
      [],
      [
        ['my_list', 3, null, 2, false],
        ['total', 2, null, 1, false],
      ],
      [],
      [['your_list', 2, null, 1, false]],
      [['your_list', 1, null, 0, true]],
    ]);
  });

  it('tie each chip to the token that did it', async () => {
    const past = await traced(CODE);
    const tokens = stepsOf(past, 'line')
      .flatMap((step) => marksOf(past, step).chips)
      .map(
        ({ label, span }) =>
          `${label}: ${span && CODE.split('\n')[span.line - 1]?.slice(span.column, span.line === span.endLine ? span.endColumn : undefined)}`,
      );
    expect(tokens).toEqual([
      'my_list: [1, 2, 3]',
      'my_list: your_list',
      'total: def total(data):',
      'total: total',
      'my_list: your_list',
      'my_list: return count',
      'total: return count',
      'your_list: my_list',
      'your_list: your_list',
    ]);
  });

  it('of an instruction are its token, and the way of a count there and back', async () => {
    const past = await traced('a = []\nb = a\n');
    const store = stepsOf(past, 'instruction').find((step) => step.opcode?.argument === 'b')!;
    const marks = marksOf(past, store);
    expect(marks.token).toEqual({ line: 2, column: 0, endLine: 2, endColumn: 1 });
    expect(chipTexts(marks)).toEqual([['a', 2, 3, 2, false]]);
  });

  it('of another cell’s code are none', async () => {
    const past = await traced('def f(x):\n    return x\n', 'y = f([])\n');
    const inside = stepsOf(past, 'line').find((step) => step.frame === 'f')!;
    expect(marksOf(past, inside)).toMatchObject({ ran: null, next: { line: 1 }, chips: [] });
  });
});

describe('a name in the code', () => {
  const ask = (past: Traced, code: string, step: number, line: number, column: number) => {
    const use = nameAt(code, line, column);
    const { run } = past.end;
    const moment = past.ask({ what: 'moment', at: { run, step }, options: { graph: false, around: [] } });
    return use && nameInfo(use.name, use.scopes, moment, new Map());
  };

  it('is of the call that is under way, or global', async () => {
    const past = await traced(CODE);
    const inCall = stepsOf(past, 'line').find((step) => step.line === 4)!.from;
    expect(ask(past, CODE, inCall, 4, 16)).toMatchObject({
      name: 'data',
      where: 'in total()',
      count: 3,
      holders: ['the name my_list', 'the name your_list', 'the local name data of total()'],
    });
    expect(ask(past, CODE, inCall, 4, 5)).toMatchObject({ object: null, note: 'refers to nothing at this moment' });
    expect(ask(past, CODE, inCall, 2, 0)).toMatchObject({ name: 'your_list', where: null, count: 3 });
    expect(ask(past, CODE, past.end.step, 4, 16)).toMatchObject({
      object: null,
      note: 'a local name of a call that is not under way at this moment',
    });
    // A builtin, a keyword, a text.
    expect(ask(past, CODE, inCall, 4, 13)).toBeNull();
    expect(nameAt(CODE, 3, 1)).toBeNull();
    expect(nameAt('x = "my_list" # x', 1, 6)).toBeNull();
    expect(nameAt('x = "my_list" # x', 1, 16)).toBeNull();
    expect(nameAt('node.next', 1, 6)).toBeNull();
  });

  it('of a method is known by the class around it; an inner function sees the outer one’s names', async () => {
    const code =
      'class A:\n    def add(self, item):\n        self.item = item\n        return stop()\n' +
      'def stop():\n    def inner():\n        return kept\n    kept = [1]\n    return inner()\nA().add([2])\n';
    const past = await traced(code);
    const at = stepsOf(past, 'line').find((step) => step.line === 7)!.from;
    expect(ask(past, code, at, 3, 21)).toMatchObject({ name: 'item', where: 'in A.add()', object: { repr: '[2]' } });
    expect(ask(past, code, at, 7, 16)).toMatchObject({ name: 'kept', object: { repr: '[1]' } });
  });
});
