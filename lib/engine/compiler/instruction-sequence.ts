/**
 * What code generation appends to (Python/instruction_sequence.c): instructions with labels as jump targets, before
 * they are split into basic blocks.
 */
import type { Location } from './location';
import type { Op } from './opcodes';

/** A place in a sequence. It has no effect of its own: only jumps to it start a new block. */
export interface Label {
  position: number;
}

export interface SequenceInstruction {
  op: Op;
  arg: number;
  loc: Location;
  target: Label | null;
}

export class InstructionSequence {
  readonly instrs: SequenceInstruction[] = [];
  /** What takes the place of ANNOTATIONS_PLACEHOLDER. */
  annotationsCode: InstructionSequence | null = null;
  private readonly labels: Label[] = [];

  newLabel(): Label {
    return { position: -1 };
  }

  placeLabel(label: Label): void {
    label.position = this.instrs.length;
    this.labels.push(label);
  }

  add(op: Op, arg: number, loc: Location): void {
    this.instrs.push({ op, arg, loc, target: null });
  }

  addJump(op: Op, target: Label, loc: Location): void {
    this.instrs.push({ op, arg: 0, loc, target });
  }

  /** Puts a block push at the very start; labels move on with their instructions. */
  insertJumpAtStart(op: Op, target: Label, loc: Location): void {
    this.instrs.unshift({ op, arg: 0, loc, target });
    for (const label of this.labels) label.position++;
  }
}
