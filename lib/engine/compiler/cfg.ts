/**
 * Basic blocks (the data of Python/flowgraph.c): a code object's instructions, cut wherever control may enter or leave,
 * as a linked list in the order of the code.
 */
import type { InstructionSequence } from './instruction-sequence';
import type { Location } from './location';
import { Op } from './opcodes';
import type { Profile } from './code-unit';

export interface Instruction {
  op: Op;
  arg: number;
  loc: Location;
  target: BasicBlock | null;
  /** The handler of an exception raised here. */
  except: BasicBlock | null;
}

export class BasicBlock {
  instrs: Instruction[] = [];
  /**
   * Handlers left in the places behind the last instruction, where instructions were before the block shrank. CPython
   * reuses such a place without clearing its handler, and it shows in the exception table.
   */
  private readonly leftHandlers: (BasicBlock | null)[] = [];
  next: BasicBlock | null = null;
  /** Something jumps here. */
  hasLabel = false;
  predecessors = 0;
  /** Depth of the stack on entry; -1 when not known. */
  startDepth = -1;
  isExceptHandler = false;
  preserveLasti = false;
  visited = false;
  isWarm = false;
  isCold = false;
  /** Bit i: local i may be unbound on entry. */
  unsafeLocals = 0n;
  /** Index of its first instruction in the final code. */
  offset = 0;

  get last(): Instruction | undefined {
    return this.instrs[this.instrs.length - 1];
  }

  add(op: Op, arg: number, loc: Location, target: BasicBlock | null = null): void {
    const except = this.leftHandlers[this.instrs.length] ?? null;
    this.instrs.push({ op, arg, loc, target, except });
  }

  /** Replaces the instructions by fewer of them. */
  shrinkTo(kept: Instruction[]): void {
    const old = this.instrs;
    for (let i = kept.length; i < old.length; i++) this.leftHandlers[i] = old[i]!.except;
    this.instrs = kept;
  }

  get hasFallthrough(): boolean {
    const { last } = this;
    return last === undefined || !(isScopeExit(last.op) || isUnconditionalJump(last.op));
  }

  get exitsScope(): boolean {
    return this.last !== undefined && isScopeExit(this.last.op);
  }

  get hasNoLineno(): boolean {
    return this.instrs.every((instr) => instr.loc.lineno < 0);
  }
}

export interface Cfg {
  entry: BasicBlock;
  profile: Profile;
}

export const isBlockPush = (op: Op): boolean =>
  op === Op.SETUP_FINALLY || op === Op.SETUP_CLEANUP || op === Op.SETUP_WITH;

export const isUnconditionalJump = (op: Op): boolean =>
  op === Op.JUMP ||
  op === Op.JUMP_NO_INTERRUPT ||
  op === Op.JUMP_FORWARD ||
  op === Op.JUMP_BACKWARD ||
  op === Op.JUMP_BACKWARD_NO_INTERRUPT;

export const isConditionalJump = (op: Op): boolean =>
  op === Op.POP_JUMP_IF_FALSE ||
  op === Op.POP_JUMP_IF_TRUE ||
  op === Op.POP_JUMP_IF_NONE ||
  op === Op.POP_JUMP_IF_NOT_NONE;

export const isScopeExit = (op: Op): boolean =>
  op === Op.RETURN_VALUE || op === Op.RETURN_CONST || op === Op.RAISE_VARARGS || op === Op.RERAISE;

/** Instructions with a target, block pushes apart. END_ASYNC_FOR has one only in 3.14: the SEND before it. */
export const isJump = (instr: Instruction): boolean => instr.target !== null && !isBlockPush(instr.op);

/** Where the eval loop looks for signals: the line must be right there. */
const hasEvalBreak = (op: Op): boolean =>
  op === Op.CALL ||
  op === Op.CALL_KW ||
  op === Op.CALL_FUNCTION_EX ||
  op === Op.JUMP ||
  op === Op.JUMP_BACKWARD ||
  op === Op.RESUME;

export const hasEvalBreakIn = (b: BasicBlock): boolean => b.instrs.some((instr) => hasEvalBreak(instr.op));

export function nextNonempty(b: BasicBlock | null): BasicBlock | null {
  let block = b;
  while (block !== null && block.instrs.length === 0) block = block.next;
  return block;
}

export function* blocksOf(g: Cfg): Generator<BasicBlock> {
  for (let b: BasicBlock | null = g.entry; b !== null; b = b.next) yield b;
}

export function clearVisited(g: Cfg): void {
  for (let b: BasicBlock | null = g.entry; b !== null; b = b.next) b.visited = false;
}

export function makeNop(instr: Instruction): void {
  instr.op = Op.NOP;
  instr.arg = 0;
  instr.target = null;
}

/** Cuts a sequence into blocks. A label that nothing jumps to does not start one. */
export function cfgFromSequence(seq: InstructionSequence, profile: Profile): Cfg {
  const entry = new BasicBlock();
  let current = entry;
  const blocks = new Map<number, BasicBlock>();
  const targets = new Set<number>();
  for (const instr of seq.instrs) if (instr.target !== null) targets.add(instr.target.position);
  const startBlock = (): void => {
    const block = new BasicBlock();
    current.next = block;
    current = block;
  };
  const addInstruction = (op: Op, arg: number, loc: Location): void => {
    const last = current.last;
    if (last !== undefined && (isScopeExit(last.op) || isTerminatorJump(last.op, profile))) startBlock();
    current.add(op, arg, loc);
  };
  const labelled: { instr: Instruction; position: number }[] = [];
  seq.instrs.forEach((instr, i) => {
    if (instr.op === Op.ANNOTATIONS_PLACEHOLDER) {
      for (const a of seq.annotationsCode?.instrs ?? []) addInstruction(a.op, a.arg, a.loc);
      return;
    }
    if (targets.has(i)) {
      if (current.instrs.length > 0 || current.hasLabel) startBlock();
      current.hasLabel = true;
      blocks.set(i, current);
    }
    addInstruction(instr.op, instr.arg, instr.loc);
    if (instr.target !== null) labelled.push({ instr: current.last!, position: instr.target.position });
  });
  for (const { instr, position } of labelled) instr.target = blocks.get(position) ?? null;
  return { entry, profile };
}

function isTerminatorJump(op: Op, profile: Profile): boolean {
  switch (op) {
    case Op.FOR_ITER:
    case Op.SEND:
    case Op.JUMP_IF_FALSE:
    case Op.JUMP_IF_TRUE:
      return true;
    case Op.END_ASYNC_FOR:
      return profile !== '3.13';
    default:
      return isUnconditionalJump(op) || isConditionalJump(op);
  }
}
