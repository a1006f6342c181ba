import type { InstructionRow } from '../../../lib/engine/snapshot/trace-types';
import type { Part, Sentence } from '../words/sentence';
import { OPCODE_WORDS, OWNERSHIP_WORDS, type Ownership } from './opcode-words';

/** One plain sentence of what an instruction does. */
export function instructionSentence({ name, argument }: Pick<InstructionRow, 'name' | 'argument'>): Sentence {
  const words = OPCODE_WORDS[name];
  if (!words) return [{ code: name }, ' is an instruction of the interpreter.'];
  const [, text] = words;
  const parts: Part[] = [];
  for (const [i, piece] of text.split('`').entries()) {
    // The dict display holds braces of its own.
    const filled = piece.replace(/\{\}/, () => argumentText(name, argument));
    if (filled !== '') parts.push(i % 2 === 1 ? { code: filled } : filled);
  }
  return parts;
}

/** `print + NULL` is the name, and beside it what a call will need. */
function argumentText(name: string, argument: string): string {
  return name === 'LOAD_GLOBAL' || name === 'LOAD_ATTR' || name === 'LOAD_SUPER_ATTR'
    ? argument.replace(/ \+ NULL(\|self)?$/, '')
    : argument;
}

export const ownershipOf = ({ name }: Pick<InstructionRow, 'name'>): Ownership => OPCODE_WORDS[name]?.[0] ?? 'none';

export const ownershipText = (row: Pick<InstructionRow, 'name'>): string => OWNERSHIP_WORDS[ownershipOf(row)];
