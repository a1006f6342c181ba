/**
 * The shape of a code object for the generated code: basic blocks, the depth of the stack at each, the loops as nested
 * stretches of blocks, and the places where a frame may be taken up (the start, a loop's head, after a yield, a handler).
 *
 * A loop becomes a JavaScript loop; a place that can be entered from outside becomes a `case` in every loop around it.
 */
import { OPCODES, Op, stackEffect } from '../../compiler/opcodes';
import type { CodeUnit } from '../../compiler/code-unit';
import type { Profile } from '../../version';

export interface Block {
  /** Position in `Flow.blocks`; the generated code calls it `index + 1`. */
  readonly index: number;
  readonly start: number;
  /** The instruction after the last one. */
  end: number;
  /** Items on the stack at the start; -1: never reached. */
  depth: number;
  /** Ways into it, each counted. */
  sources: number;
  /** Reached without an exception having been handled on the way. */
  ordinary: boolean;
}

/** The whole code, or a loop: blocks `first` to `last`. */
export interface Region {
  readonly first: number;
  readonly last: number;
  readonly parent: Region | null;
  readonly children: Region[];
  /** Blocks that control may be sent to from elsewhere. */
  readonly cases: Set<number>;
  readonly label: string;
}

export interface Flow {
  readonly blocks: Block[];
  readonly root: Region;
  /** Blocks by the instruction they start with, for taking a frame up. */
  readonly entries: Set<number>;
  /** Block that starts at an instruction. */
  readonly blockAt: Map<number, number>;
}

const CONDITIONAL = new Set([
  Op.POP_JUMP_IF_TRUE,
  Op.POP_JUMP_IF_FALSE,
  Op.POP_JUMP_IF_NONE,
  Op.POP_JUMP_IF_NOT_NONE,
  Op.FOR_ITER,
  Op.SEND,
]);
const JUMPS = new Set([Op.JUMP_FORWARD, Op.JUMP_BACKWARD, Op.JUMP_BACKWARD_NO_INTERRUPT]);
const ENDS = new Set([Op.RETURN_VALUE, Op.RETURN_CONST, Op.RAISE_VARARGS, Op.RERAISE]);

/** Where an instruction jumps to, or -1. FOR_ITER's own way out skips what stands there for a generator's end. */
export function jumpTarget(unit: CodeUnit, pc: number, is313: boolean): number {
  const op = unit.ops[pc]!;
  if (op === Op.FOR_ITER) return unit.args[pc]! + (is313 ? 2 : 1);
  return CONDITIONAL.has(op) || JUMPS.has(op) ? unit.args[pc]! : -1;
}

/** Control never goes on to the next instruction. */
export function endsBlock(op: Op): boolean {
  return JUMPS.has(op) || ENDS.has(op);
}

function depthAfterJump(op: Op, depth: number, is313: boolean): number {
  if (op === Op.FOR_ITER) return is313 ? depth - 1 : depth;
  if (op === Op.SEND || JUMPS.has(op)) return depth;
  return depth - 1;
}

/** null: a shape that is left to the plain loop. */
export function analyse(unit: CodeUnit, profile: Profile): Flow | null {
  const { ops, args } = unit;
  const is313 = profile === '3.13';
  const n = ops.length;
  const table = unit.exceptiontable;
  const leaders = new Set<number>([0]);
  const resumes: number[] = [];
  const handlers: number[] = [];
  for (let pc = 0; pc < n; pc++) {
    const op = ops[pc]!;
    if (OPCODES[op] === undefined) return null;
    const target = jumpTarget(unit, pc, is313);
    if (target >= 0) {
      // What it delegated to may end where this frame does not run (generating.ts).
      if (op === Op.SEND) resumes.push(target);
      leaders.add(target);
      leaders.add(pc + 1);
    } else if (ENDS.has(op)) leaders.add(pc + 1);
    else if (op === Op.YIELD_VALUE || op === Op.RETURN_GENERATOR) {
      leaders.add(pc + 1);
      resumes.push(pc + 1);
    }
  }
  for (let i = 0; i < table.length; i += 5) {
    leaders.add(table[i + 2]!);
    handlers.push(table[i + 2]!);
  }
  const starts = [...leaders].filter((pc) => pc < n).sort((a, b) => a - b);
  const blocks: Block[] = starts.map((start, index) => ({
    index,
    start,
    end: starts[index + 1] ?? n,
    depth: -1,
    sources: 0,
    ordinary: false,
  }));
  const blockAt = new Map(blocks.map((b) => [b.start, b.index]));

  // Depths, first along ordinary control, then from the handlers.
  const backEdges: [number, number][] = [];
  // Where a handler goes on with a loop: it lies behind the loop's blocks and makes it no longer.
  const fromHandlers: number[] = [];
  let consistent = true;
  const work: number[] = [];
  const reach = (pc: number, depth: number, ordinary: boolean): void => {
    const b = blocks[blockAt.get(pc)!];
    if (b === undefined || depth < 0) {
      consistent = false;
      return;
    }
    b.sources++;
    if (b.depth < 0) {
      b.depth = depth;
      b.ordinary = ordinary;
      work.push(b.index);
    } else if (b.depth !== depth) consistent = false;
  };
  const follow = (): void => {
    for (let i = work.pop(); i !== undefined && consistent; i = work.pop()) {
      const b = blocks[i]!;
      let depth = b.depth;
      for (let pc = b.start; pc < b.end; pc++) {
        const op = ops[pc]!;
        const target = jumpTarget(unit, pc, is313);
        if (target >= 0) {
          reach(target, depthAfterJump(op, depth, is313), b.ordinary);
          if (target <= b.start) {
            if (b.ordinary) backEdges.push([blockAt.get(target)!, i]);
            else fromHandlers.push(target);
          }
        }
        depth += stackEffect(op, args[pc]!, profile);
        if (endsBlock(op)) break;
        if (pc + 1 === b.end && b.end < n) reach(b.end, depth, b.ordinary);
      }
    }
  };
  reach(0, 0, true);
  follow();
  for (let i = 0; i < table.length; i += 5)
    reach(table[i + 2]!, table[i + 3]! + 1 + (table[i + 4] !== 0 ? 1 : 0), false);
  follow();
  if (!consistent) return null;

  // A loop reaches from its head to the last block that jumps back; loops that overlap are joined.
  const spans = new Map<number, number>();
  for (const [head, from] of backEdges) spans.set(head, Math.max(spans.get(head) ?? 0, from));
  let loops = [...spans].map(([first, last]) => ({ first, last })).sort((a, b) => a.first - b.first || b.last - a.last);
  for (let changed = true; changed; ) {
    changed = false;
    for (const a of loops) {
      for (const b of loops) {
        if (a !== b && a.first < b.first && b.first <= a.last && a.last < b.last) {
          a.last = b.last;
          changed = true;
        }
      }
    }
  }
  loops = loops.sort((a, b) => a.first - b.first || b.last - a.last);
  const root: Region = { first: 0, last: blocks.length - 1, parent: null, children: [], cases: new Set(), label: 'R0' };
  let current = root;
  for (const loop of loops) {
    while (loop.first > current.last) current = current.parent!;
    const region: Region = { ...loop, parent: current, children: [], cases: new Set(), label: `R${loop.first + 1}` };
    current.children.push(region);
    current = region;
  }
  const flow: Flow = { blocks, root, entries: new Set(), blockAt };
  const enter = (pc: number): void => {
    const index = blockAt.get(pc)!;
    if (blocks[index]!.depth < 0) return;
    flow.entries.add(index);
    addCase(flow, index);
  };
  enter(0);
  for (const pc of resumes) if (pc < n) enter(pc);
  for (const pc of handlers) enter(pc);
  for (const loop of loops) enter(blocks[loop.first]!.start);
  for (const pc of fromHandlers) enter(pc);
  return flow;
}

/** Makes a block one that control can be sent to, in every region around it. True if it was not yet. */
export function addCase(flow: Flow, block: number): boolean {
  let added = false;
  for (let r: Region | undefined = flow.root; r !== undefined; r = childWith(r, block)) {
    if (!r.cases.has(block)) {
      r.cases.add(block);
      added = true;
    }
  }
  return added;
}

/** The loop directly inside a region that a block is in. */
export function childWith(region: Region, block: number): Region | undefined {
  return region.children.find((c) => c.first <= block && block <= c.last);
}

/** It needs a `switch`: it can be entered elsewhere than at its head. */
export function hasSwitch(region: Region): boolean {
  for (const c of region.cases) if (c !== region.first) return true;
  return false;
}
