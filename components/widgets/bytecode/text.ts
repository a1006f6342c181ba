/** The bytecode in words. */
import type { BytecodeReading, InstructionRow } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { placeText } from '../places';
import { plural } from '../plural';
import { plain } from '../words/sentence';
import { instructionSentence, ownershipText } from './instruction-words';

/** `the cell`, or a function: `total()`. */
export const frameText = (frame: string): string => (frame === '<module>' ? 'the cell' : `${frame}()`);

/** Instructions that stand for one line of the source and follow each other. */
export interface LineGroup {
  /** 0: they stand for no line. */
  readonly line: number;
  /** Its text; null: not known. */
  readonly text: string | null;
  /** Index of the first one among all. */
  readonly first: number;
  readonly rows: readonly InstructionRow[];
}

export function groupsOf({
  instructions,
  source,
}: Pick<BytecodeReading, 'instructions' | 'source'>): readonly LineGroup[] {
  const texts = new Map(source.map(({ line, text }) => [line, text]));
  const groups: { line: number; text: string | null; first: number; rows: InstructionRow[] }[] = [];
  for (const [index, row] of instructions.entries()) {
    const line = Math.max(0, row.line);
    const group = groups.at(-1);
    if (group?.line === line) group.rows.push(row);
    else groups.push({ line, text: texts.get(line) ?? null, first: index, rows: [row] });
  }
  return groups;
}

/** Index of the instruction that ran last before the moment; -1: none did. */
export function ranLast({ instructions }: Pick<BytecodeReading, 'instructions'>): number {
  let best = -1;
  for (const [index, { step }] of instructions.entries()) {
    if (step !== null && (best < 0 || step > instructions[best]!.step!)) best = index;
  }
  return best;
}

export function countsText({ counts }: InstructionRow): string {
  return counts.map(({ label, before, after }) => `${label} ${before} → ${after}`).join(', ');
}

export function stackText({ stackBefore, stackAfter }: InstructionRow): string {
  if (stackBefore === null) return 'has not run yet';
  return stackAfter === null ? `stack ${stackBefore}, then left the frame` : `stack ${stackBefore} → ${stackAfter}`;
}

export function rowText(row: InstructionRow): string {
  const label = row.label === null ? '' : `L${row.label}: `;
  const counts = countsText(row);
  return `${label}${row.offset} ${row.name}${row.argument ? ` ${row.argument}` : ''}; ${stackText(row)}${counts ? `; ${counts}` : ''}`;
}

/** What was seen of an instruction when it last ran. */
export function effectText(row: InstructionRow): string {
  if (row.step === null) return 'It has not run before this moment.';
  const counts = row.counts.length === 0 ? 'no count changed' : `counts: ${countsText(row)}`;
  return `When it last ran, in step ${row.step + 1}: ${stackText(row)}; ${counts}.`;
}

export function stackLines({ stack }: BytecodeReading, letters: ObjectLetters): string[] {
  return stack.toReversed().map(({ object, borrowed }) => {
    if (object === null) return 'NULL, an empty slot';
    const letter = letters.get(object.serial);
    return `${object.repr}, ${object.type}${letter ? ` ${letter}` : ''}${borrowed ? ', borrowed' : ''}`;
  });
}

export function titleText({ frame, filename }: BytecodeReading, own: string): string {
  const place = filename === own ? '' : ` in ${placeText({ line: 1, filename }, own).replace(/^line 1 of /, '')}`;
  return `Bytecode of ${frameText(frame)}${place}`;
}

export function bytecodeText(
  reading: BytecodeReading,
  shown: InstructionRow | null,
  own: string,
  letters: ObjectLetters,
): string {
  const { instructions, next, stack } = reading;
  const last = ranLast(reading);
  return [
    `${titleText(reading, own)}, at moment ${reading.at.step}.`,
    ...groupsOf(reading).flatMap(({ line, text, first, rows }) => [
      line === 0 ? 'No line of the source:' : `Line ${line}${text === null ? '' : `: ${text.trim()}`}`,
      ...rows.map((row, i) => {
        const mark = first + i === next ? '→ ' : first + i === last ? '• ' : '  ';
        const words = first + i === next ? ' (next)' : first + i === last ? ' (ran last)' : '';
        return `  ${mark}${rowText(row)}${words}`;
      }),
    ]),
    next < 0 ? 'Nothing runs next.' : `Next: ${instructions[next]!.name}.`,
    stack.length === 0
      ? 'The value stack is empty.'
      : `The value stack, ${plural(stack.length, 'item')}, the top first:`,
    ...stackLines(reading, letters).map((line) => `  ${line}`),
    ...(shown
      ? [`${shown.name}: ${plain(instructionSentence(shown))} It ${ownershipText(shown)}. ${effectText(shown)}`]
      : []),
  ].join('\n');
}
