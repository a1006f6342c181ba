/** The bytecode's picture and its words, against the engine's readings and its table of instructions. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BytecodeView } from '@/components/widgets/bytecode/bytecode-view';
import { instructionSentence, ownershipOf } from '@/components/widgets/bytecode/instruction-words';
import { OPCODE_WORDS } from '@/components/widgets/bytecode/opcode-words';
import { bytecodeText, groupsOf, ranLast, rowText } from '@/components/widgets/bytecode/text';
import { plain } from '@/components/widgets/words/sentence';
import { FIRST_PSEUDO, OPCODES } from '@/lib/engine/compiler/opcodes';
import type { BytecodeReading } from '@/lib/engine/snapshot/trace-types';
import { traced } from './traced';

const PROGRAM = `def total(items):
    result = 0
    for item in items:
        if item > 1:
            result += item
    return [result, items]

numbers = [1000, 2000]
answer = total(numbers)
del numbers
`;

function draw(reading: BytecodeReading): string {
  return renderToStaticMarkup(
    <BytecodeView
      reading={reading}
      filename="<cell 1>"
      letters={new Map()}
      selected={null}
      onGoTo={() => {}}
      onSelect={() => {}}
    />,
  );
}

const unescaped = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const words = (html: string) =>
  unescaped(html.replaceAll(/<svg[\s\S]*?<\/svg>/g, '').replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ');

describe('the words', () => {
  it('every instruction of the compiler has some, and no others have', () => {
    const names = OPCODES.filter((info) => info && info.op < FIRST_PSEUDO).map(({ name }) => name);
    expect(Object.keys(OPCODE_WORDS).sort()).toEqual([...names].sort());
    for (const name of names) {
      const sentence = plain(instructionSentence({ name, argument: 'ARGUMENT' }));
      expect(sentence).toMatch(/^[A-Z`].*\.$/);
      expect(sentence).not.toMatch(/\{\}|`/);
    }
  });

  it('those that take no argument name none', () => {
    for (const info of OPCODES) {
      if (info?.arg === 'none' && info.op < FIRST_PSEUDO) expect(OPCODE_WORDS[info.name]![1]).not.toContain('{}');
    }
  });

  it('what is said to be borrowed changes no count, and what pushes a new reference does', async () => {
    const past = await traced(PROGRAM);
    const { run } = past.end;
    let borrowed = 0;
    let made = 0;
    for (let step = 0; step <= past.end.step; step++) {
      const reading = past.ask({ what: 'bytecode', at: { run, step } });
      for (const row of reading.instructions) {
        if (row.step === null) continue;
        if (ownershipOf(row) === 'borrowed') {
          expect(row.counts).toEqual([]);
          borrowed++;
        }
        if (row.name === 'LOAD_FAST' || (row.name === 'LOAD_NAME' && row.argument === 'numbers')) {
          expect(row.counts.every(({ before, after }) => after === before + 1)).toBe(true);
          made++;
        }
      }
    }
    expect(borrowed).toBeGreaterThan(0);
    expect(made).toBeGreaterThan(0);
  });
});

describe('the picture', () => {
  it('shows at each moment each instruction with its counts and the stack, and the stack now', async () => {
    const past = await traced(PROGRAM);
    const { run } = past.end;
    for (let step = 0; step <= past.end.step; step += 3) {
      const reading = past.ask({ what: 'bytecode', at: { run, step } });
      const html = draw(reading);
      const options = [...html.matchAll(/<div[^>]*role="option"[^>]*>[\s\S]*?<\/div>/g)].map(([option]) => option);
      expect(options).toHaveLength(reading.instructions.length);
      const text = bytecodeText(reading, null, '<cell 1>', new Map());
      for (const [i, row] of reading.instructions.entries()) {
        const said = words(options[i]!);
        expect(unescaped(options[i]!)).toContain(rowText(row));
        expect(said).toContain(`${row.offset} `);
        expect(said).toContain(row.name);
        expect(said).toContain(row.argument);
        for (const { label, before, after } of row.counts) expect(said).toContain(`${label} ${before} → ${after}`);
        if (row.stackBefore !== null) expect(said).toContain(`${row.stackBefore} → ${row.stackAfter ?? '×'}`);
        expect(options[i]!.includes('aria-current="step"')).toBe(i === reading.next);
        expect(text).toContain(rowText(row));
      }
      const tower = words(/<ol[^>]*aria-label="Value stack[\s\S]*?<\/ol>/.exec(html)![0]);
      for (const { object, borrowed } of reading.stack) {
        expect(tower).toContain(object?.repr ?? 'NULL');
        if (borrowed) expect(tower).toContain('borrowed');
      }
      if (reading.stack.length === 0) expect(tower).toContain('empty');
      else expect(text).toContain(`The value stack, ${reading.stack.length} item`);
    }
  });

  it('marks the token of the next instruction in its line', async () => {
    const past = await traced('spam = [1]\nham = spam\n');
    const { run } = past.end;
    const end = past.ask({ what: 'bytecode', at: past.end });
    const load = end.instructions.find(({ name, argument }) => name === 'LOAD_NAME' && argument === 'spam')!;
    const html = draw(past.ask({ what: 'bytecode', at: { run, step: load.step! } }));
    expect([...html.matchAll(/<mark[^>]*>([^<]*)<\/mark>/g)].map(([, token]) => token)).toEqual(['spam']);
    expect(html.replaceAll(/<[^>]*>/g, '')).toContain('ham = spam');
  });

  it('labels every place that a jump names', async () => {
    const past = await traced(PROGRAM);
    const inside = past.ask({ what: 'lines', run: past.end.run, index: 0, step: null }).starts[3]!;
    const reading = past.ask({ what: 'bytecode', at: { ...past.end, step: inside } });
    expect(reading.frame).toBe('total');
    const labels = reading.instructions.flatMap(({ label }) => (label === null ? [] : [`L${label}`]));
    const named = reading.instructions.flatMap(({ argument }) => /^to (L\d+)$/.exec(argument)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(1);
    expect(labels).toEqual(expect.arrayContaining(named));
    for (const row of reading.instructions) if (row.isTarget) expect(row.label).not.toBeNull();
  });

  it('groups by line and knows what ran last', async () => {
    const past = await traced(PROGRAM);
    const reading = past.ask({ what: 'bytecode', at: { ...past.end, step: past.end.step - 1 } });
    const groups = groupsOf(reading);
    expect(groups.flatMap(({ rows }) => rows)).toEqual(reading.instructions);
    for (const { line, text, rows } of groups) {
      for (const row of rows) expect(Math.max(0, row.line)).toBe(line);
      if (line > 0) expect(text).toBe(PROGRAM.split('\n')[line - 1]);
    }
    expect(reading.instructions[ranLast(reading)]!.step).toBe(past.end.step - 2);
  });
});
