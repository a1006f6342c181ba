/**
 * The graph's way to final code (Python/flowgraph.c): exception handlers for each instruction, cold blocks moved to the
 * end, depth of the stack, cells and generator prefix, pseudo-instructions resolved, jump directions.
 */
import {
  BasicBlock,
  blocksOf,
  type Cfg,
  clearVisited,
  type Instruction,
  isBlockPush,
  isConditionalJump,
  isJump,
  isScopeExit,
  isUnconditionalJump,
  makeNop,
} from './cfg';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR } from './code-unit';
import type { CompilerUnit } from './compiler-unit';
import { removeRedundantNopsAndJumps } from './flow-cleanup';
import { location, NO_LOCATION } from './location';
import { Op, Resume, stackEffect } from './opcodes';

// ---- exception handlers ----------------------------------------------------------------------------------------

export function markExceptHandlers(g: Cfg): void {
  for (const b of blocksOf(g)) {
    for (const instr of b.instrs) if (isBlockPush(instr.op)) instr.target!.isExceptHandler = true;
  }
}

/** Walks the graph with the stack of protected regions and notes at each instruction who handles its exceptions. */
export function labelExceptionTargets(g: Cfg): void {
  clearVisited(g);
  const stacks = new Map<BasicBlock, BasicBlock[]>();
  const todo = [g.entry];
  stacks.set(g.entry, []);
  g.entry.visited = true;
  const schedule = (b: BasicBlock, handlers: BasicBlock[]): void => {
    if (b.visited) return;
    b.visited = true;
    stacks.set(b, handlers.slice());
    todo.push(b);
  };
  for (let b = todo.pop(); b !== undefined; b = todo.pop()) {
    const handlers = stacks.get(b)!;
    const top = (): BasicBlock | null => handlers[handlers.length - 1] ?? null;
    let lastYieldDepth = -1;
    for (const instr of b.instrs) {
      if (isBlockPush(instr.op)) {
        const handler = instr.target!;
        schedule(handler, handlers);
        if (instr.op !== Op.SETUP_FINALLY) handler.preserveLasti = true;
        handlers.push(handler);
      } else if (instr.op === Op.POP_BLOCK) {
        handlers.pop();
        makeNop(instr);
      } else {
        instr.except = top();
        if (isJump(instr)) schedule(instr.target!, handlers);
        else if (instr.op === Op.YIELD_VALUE) lastYieldDepth = handlers.length;
        else if (instr.op === Op.RESUME && instr.arg !== Resume.AT_FUNC_START) {
          if (lastYieldDepth === 1) instr.arg |= Resume.DEPTH1_MASK;
          lastYieldDepth = -1;
        }
      }
    }
    if (b.hasFallthrough && b.next !== null) schedule(b.next, handlers);
  }
}

// ---- cold code -------------------------------------------------------------------------------------------------

function markWarm(g: Cfg): void {
  clearVisited(g);
  const stack = [g.entry];
  g.entry.visited = true;
  const reach = (b: BasicBlock): void => {
    if (b.visited) return;
    b.visited = true;
    stack.push(b);
  };
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    b.isWarm = true;
    if (b.next !== null && b.hasFallthrough) reach(b.next);
    for (const instr of b.instrs) if (isJump(instr)) reach(instr.target!);
  }
}

function markCold(g: Cfg): void {
  markWarm(g);
  clearVisited(g);
  const stack: BasicBlock[] = [];
  for (const b of blocksOf(g)) {
    if (!b.isExceptHandler) continue;
    stack.push(b);
    b.visited = true;
  }
  const reach = (b: BasicBlock): void => {
    if (b.isWarm || b.visited) return;
    stack.push(b);
    b.visited = true;
  };
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    b.isCold = true;
    if (b.next !== null && b.hasFallthrough) reach(b.next);
    for (const instr of b.instrs) if (isJump(instr)) reach(instr.target!);
  }
}

/** Handlers and what only they reach go behind the rest. */
export function pushColdBlocksToEnd(g: Cfg): void {
  if (g.entry.next === null) return;
  markCold(g);
  for (const b of blocksOf(g)) {
    if (!b.isCold || !b.hasFallthrough || b.next === null || !b.next.isWarm) continue;
    const jump = new BasicBlock();
    b.next.hasLabel = true;
    jump.add(Op.JUMP_NO_INTERRUPT, 0, NO_LOCATION, b.next);
    jump.isCold = true;
    jump.next = b.next;
    jump.predecessors = 1;
    b.next = jump;
  }
  const warm: BasicBlock[] = [];
  const cold: BasicBlock[] = [];
  for (const b of blocksOf(g)) (b.isCold ? cold : warm).push(b);
  const order = [...warm, ...cold];
  order.forEach((b, i) => {
    b.next = order[i + 1] ?? null;
  });
  if (cold.length > 0) removeRedundantNopsAndJumps(g);
}

// ---- depth of the stack ----------------------------------------------------------------------------------------

/** What a handler finds on the stack besides what was there when its region began. */
const handlerEffect = (op: Op): number => (op === Op.SETUP_CLEANUP ? 2 : 1);

/** Sets each block's depth on entry and returns the greatest depth anywhere. */
export function calculateStackDepth(g: Cfg): number {
  for (const b of blocksOf(g)) b.startDepth = -1;
  let max = 0;
  const stack: BasicBlock[] = [];
  const push = (b: BasicBlock, depth: number): void => {
    if (b.startDepth >= 0) return;
    b.startDepth = depth;
    stack.push(b);
  };
  push(g.entry, 0);
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    let depth = b.startDepth;
    let next = b.next;
    for (const instr of b.instrs) {
      const pushes = isBlockPush(instr.op);
      const effect = pushes ? 0 : stackEffect(instr.op, instr.arg, g.profile);
      if (depth + effect < 0) throw new Error('stack underflow in the control flow graph');
      max = Math.max(max, depth);
      if (instr.target !== null && instr.op !== Op.END_ASYNC_FOR) {
        push(instr.target, depth + (pushes ? handlerEffect(instr.op) : effect));
      }
      depth += effect;
      if (g.profile === '3.13') max = Math.max(max, depth);
      if (isUnconditionalJump(instr.op) || isScopeExit(instr.op)) {
        next = null;
        break;
      }
    }
    if (next !== null) push(next, depth);
  }
  return max;
}

// ---- cells and prefix ------------------------------------------------------------------------------------------

/** Puts RETURN_GENERATOR, MAKE_CELL and COPY_FREE_VARS in front and gives cells their slots. Returns the slots' number. */
export function prepareLocalsPlus(g: Cfg, u: CompilerUnit, flags: number): number {
  const nlocals = u.varnames.size;
  const ncells = u.cellvars.size;
  const nfree = u.freevars.size;
  // A parameter that is a cell keeps its slot; other cells follow the locals.
  const fixed = Array.from({ length: ncells + nfree }, (_, i) => nlocals + i);
  u.cellvars.keys.forEach((name, i) => {
    const local = u.varnames.get(name);
    if (local !== undefined) fixed[i] = local;
  });
  insertPrefix(g, u, fixed, flags);
  let dropped = 0;
  for (let i = 0; i < fixed.length; i++) {
    if (fixed[i] === i + nlocals) fixed[i]! -= dropped;
    else dropped++;
  }
  for (const b of blocksOf(g)) {
    for (const instr of b.instrs) {
      switch (instr.op) {
        case Op.MAKE_CELL:
        case Op.LOAD_CLOSURE:
        case Op.LOAD_DEREF:
        case Op.STORE_DEREF:
        case Op.DELETE_DEREF:
        case Op.LOAD_FROM_DICT_OR_DEREF:
          instr.arg = fixed[instr.arg]!;
          break;
        default:
          break;
      }
    }
  }
  return nlocals + ncells + nfree - dropped;
}

function insertPrefix(g: Cfg, u: CompilerUnit, fixed: readonly number[], flags: number): void {
  const prefix: Instruction[] = [];
  const add = (op: Op, arg: number, loc = NO_LOCATION): void => {
    prefix.push({ op, arg, loc, target: null, except: null });
  };
  if (u.freevars.size > 0) add(Op.COPY_FREE_VARS, u.freevars.size);
  const bySlot = u.cellvars.keys.map((_, index) => index).sort((a, b) => fixed[a]! - fixed[b]!);
  for (const index of bySlot) add(Op.MAKE_CELL, index);
  if ((flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0) {
    const loc = location(u.firstlineno, u.firstlineno, -1, -1);
    add(Op.RETURN_GENERATOR, 0, loc);
    add(Op.POP_TOP, 0, loc);
  }
  g.entry.instrs.unshift(...prefix);
}

// ---- real instructions -----------------------------------------------------------------------------------------

/** `a or b`: keep a copy, ask for its truth, jump. */
export function convertPseudoConditionalJumps(g: Cfg): void {
  for (const b of blocksOf(g)) {
    const { last } = b;
    if (last === undefined || (last.op !== Op.JUMP_IF_FALSE && last.op !== Op.JUMP_IF_TRUE)) continue;
    last.op = last.op === Op.JUMP_IF_FALSE ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE;
    const { loc, except } = last;
    b.instrs.splice(
      -1,
      0,
      { op: Op.COPY, arg: 1, loc, target: null, except },
      { op: Op.TO_BOOL, arg: 0, loc, target: null, except },
    );
  }
}

export function convertPseudoOps(g: Cfg): void {
  for (const b of blocksOf(g)) {
    for (const instr of b.instrs) {
      if (isBlockPush(instr.op)) makeNop(instr);
      else if (instr.op === Op.LOAD_CLOSURE) instr.op = Op.LOAD_FAST;
      else if (instr.op === Op.STORE_FAST_MAYBE_NULL) instr.op = Op.STORE_FAST;
    }
  }
  removeRedundantNopsAndJumps(g);
}

const REVERSED = new Map<Op, Op>([
  [Op.POP_JUMP_IF_NOT_NONE, Op.POP_JUMP_IF_NONE],
  [Op.POP_JUMP_IF_NONE, Op.POP_JUMP_IF_NOT_NONE],
  [Op.POP_JUMP_IF_FALSE, Op.POP_JUMP_IF_TRUE],
  [Op.POP_JUMP_IF_TRUE, Op.POP_JUMP_IF_FALSE],
]);

/** Conditional jumps only go forward: one that goes back becomes its opposite around a jump back. */
export function normalizeJumps(g: Cfg): void {
  const is313 = g.profile === '3.13';
  clearVisited(g);
  for (let b: BasicBlock | null = g.entry; b !== null; b = b.next) {
    b.visited = true;
    const { last } = b;
    if (last === undefined || !isConditionalJump(last.op)) continue;
    if (!last.target!.visited) {
      if (!is313) b.add(Op.NOT_TAKEN, 0, last.loc);
      continue;
    }
    const back = new BasicBlock();
    if (!is313) back.add(Op.NOT_TAKEN, 0, last.loc);
    back.add(Op.JUMP, 0, last.loc, last.target);
    back.startDepth = last.target!.startDepth;
    last.op = REVERSED.get(last.op)!;
    last.target = b.next;
    back.isCold = b.isCold;
    back.next = b.next;
    b.next = back;
  }
}
