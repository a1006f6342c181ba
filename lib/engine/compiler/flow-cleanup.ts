/**
 * What keeps the graph tidy between the other passes (Python/flowgraph.c): unreachable blocks, NOPs, jumps that lead
 * nowhere new, small exits copied to where they are jumped to, and line numbers for artificial instructions.
 */
import {
  BasicBlock,
  blocksOf,
  type Cfg,
  clearVisited,
  hasEvalBreakIn,
  type Instruction,
  isBlockPush,
  isJump,
  isUnconditionalJump,
  makeNop,
  nextNonempty,
} from './cfg';
import { NO_LOCATION } from './location';
import { Op } from './opcodes';

/** Largest exit block that is copied instead of jumped to. */
const MAX_COPY_SIZE = 4;

export function removeUnreachable(g: Cfg): void {
  for (const b of blocksOf(g)) b.predecessors = 0;
  clearVisited(g);
  const stack = [g.entry];
  g.entry.predecessors = 1;
  g.entry.visited = true;
  const reach = (b: BasicBlock): void => {
    if (!b.visited) {
      stack.push(b);
      b.visited = true;
    }
    b.predecessors++;
  };
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    if (b.next !== null && b.hasFallthrough) reach(b.next);
    for (const instr of b.instrs) {
      if (instr.target !== null && (isJump(instr) || isBlockPush(instr.op))) reach(instr.target);
    }
  }
  for (const b of blocksOf(g)) {
    if (b.predecessors > 0) continue;
    b.shrinkTo([]);
    b.isExceptHandler = false;
  }
}

/** Removes the NOPs that no line needs; returns how many. */
function removeRedundantNopsIn(b: BasicBlock): number {
  const kept: Instruction[] = [];
  let prevLine = -1;
  const { instrs } = b;
  instrs.forEach((instr, i) => {
    const { lineno } = instr.loc;
    if (instr.op === Op.NOP) {
      if (lineno < 0 || prevLine === lineno) return;
      const following = instrs[i + 1];
      if (following !== undefined) {
        if (following.loc.lineno === lineno) return;
        if (following.loc.lineno < 0) {
          following.loc = instr.loc;
          return;
        }
      } else {
        const next = nextNonempty(b.next);
        const first = next?.instrs.find((n) => !(n.op === Op.NOP && n.loc.lineno < 0));
        if (next !== null && lineno === (first?.loc ?? NO_LOCATION).lineno) return;
      }
    }
    kept.push(instr);
    prevLine = lineno;
  });
  const removed = instrs.length - kept.length;
  b.shrinkTo(kept);
  return removed;
}

export function removeRedundantNops(g: Cfg): number {
  let changes = 0;
  for (const b of blocksOf(g)) changes += removeRedundantNopsIn(b);
  return changes;
}

/** Also pairs that cancel out: a constant or a copy that is popped at once. */
export function removeRedundantNopsAndPairs(g: Cfg): void {
  for (let done = false; !done; ) {
    done = true;
    let prev: Instruction | null = null;
    let instr: Instruction | null = null;
    for (const b of blocksOf(g)) {
      removeRedundantNopsIn(b);
      if (b.hasLabel) instr = null;
      for (const current of b.instrs) {
        prev = instr;
        instr = current;
        if (instr.op !== Op.POP_TOP || prev === null) continue;
        if (prev.op === Op.LOAD_CONST || prev.op === Op.LOAD_SMALL_INT || (prev.op === Op.COPY && prev.arg === 1)) {
          makeNop(prev);
          makeNop(instr);
          done = false;
        }
      }
      if ((instr !== null && isJump(instr)) || !b.hasFallthrough) instr = null;
    }
  }
}

function removeRedundantJumps(g: Cfg): number {
  let changes = 0;
  for (const b of blocksOf(g)) {
    const { last } = b;
    if (last === undefined || !isUnconditionalJump(last.op)) continue;
    if (nextNonempty(last.target) === nextNonempty(b.next)) {
      changes++;
      makeNop(last);
    }
  }
  return changes;
}

export function removeRedundantNopsAndJumps(g: Cfg): void {
  while (removeRedundantNops(g) + removeRedundantJumps(g) > 0);
}

/** A jump to a small exit, or to a block without lines, becomes a copy of it. */
function inlineSmallBlock(b: BasicBlock): boolean {
  const { last } = b;
  if (last === undefined || !isUnconditionalJump(last.op)) return false;
  const target = last.target!;
  const isSmallExit = target.exitsScope && target.instrs.length <= MAX_COPY_SIZE;
  const hasNoLine = target.hasNoLineno && !target.hasFallthrough;
  if (!isSmallExit && !hasNoLine) return false;
  const removed = last.op;
  makeNop(last);
  b.instrs.push(...target.instrs.map((instr) => ({ ...instr })));
  if (hasNoLine) {
    // Keeps the look for signals that the jump made.
    const end = b.last!;
    if (isUnconditionalJump(end.op) && removed === Op.JUMP) end.op = Op.JUMP;
  }
  target.predecessors--;
  return true;
}

export function inlineSmallBlocks(g: Cfg): void {
  for (let changes = true; changes; ) {
    changes = false;
    for (const b of blocksOf(g)) if (inlineSmallBlock(b)) changes = true;
  }
}

// ---- line numbers ----------------------------------------------------------------------------------------------

const needsOwnLine = (b: BasicBlock): boolean => (b.exitsScope || hasEvalBreakIn(b)) && b.hasNoLineno;

/** Exits without a line get one copy for each way in, so that each has the line it is left from (PEP 626). */
function duplicateExitsWithoutLineno(g: Cfg): void {
  for (const b of blocksOf(g)) {
    const { last } = b;
    if (last === undefined || !isJump(last)) continue;
    const target = nextNonempty(last.target);
    if (target === null || !needsOwnLine(target) || target.predecessors <= 1) continue;
    const copy = new BasicBlock();
    copy.instrs = target.instrs.map((instr) => ({ ...instr }));
    copy.instrs[0]!.loc = last.loc;
    last.target = copy;
    target.predecessors--;
    copy.predecessors = 1;
    copy.next = target.next;
    copy.hasLabel = true;
    target.next = copy;
  }
  for (const b of blocksOf(g)) {
    if (!b.hasFallthrough || b.next === null || b.instrs.length === 0 || !needsOwnLine(b.next)) continue;
    b.next.instrs[0]!.loc = b.last!.loc;
  }
}

function propagateLineNumbers(g: Cfg): void {
  for (const b of blocksOf(g)) {
    const { last } = b;
    if (last === undefined) continue;
    let prev = NO_LOCATION;
    for (const instr of b.instrs) {
      if (instr.loc.lineno === NO_LOCATION.lineno) instr.loc = prev;
      else prev = instr.loc;
    }
    const inherit = (to: BasicBlock): void => {
      const first = to.instrs[0];
      if (to.predecessors === 1 && first !== undefined && first.loc.lineno === NO_LOCATION.lineno) first.loc = prev;
    };
    if (b.hasFallthrough && b.next !== null) inherit(b.next);
    if (isJump(last)) inherit(last.target!);
  }
}

export function resolveLineNumbers(g: Cfg): void {
  duplicateExitsWithoutLineno(g);
  propagateLineNumbers(g);
}
