/**
 * Passes about local variables (Python/flowgraph.c): which loads may find a local unbound, pairs merged into
 * superinstructions, and in 3.14 which loads may borrow the local's reference.
 */
import {
  type BasicBlock,
  blocksOf,
  type Cfg,
  clearVisited,
  type Instruction,
  isBlockPush,
  isJump,
  isScopeExit,
  isUnconditionalJump,
  makeNop,
} from './cfg';
import { removeRedundantNops } from './flow-cleanup';
import { Op, OPCODES } from './opcodes';

/** Beyond this, locals are looked at one block at a time. */
const TRACKED_LOCALS = 64;

// ---- unbound locals --------------------------------------------------------------------------------------------

function maybePush(b: BasicBlock, unsafe: bigint, stack: BasicBlock[]): void {
  const both = b.unsafeLocals | unsafe;
  if (b.unsafeLocals === both) return;
  b.unsafeLocals = both;
  if (!b.visited) {
    stack.push(b);
    b.visited = true;
  }
}

function scanBlock(b: BasicBlock, stack: BasicBlock[]): void {
  let unsafe = b.unsafeLocals;
  for (const instr of b.instrs) {
    if (instr.except !== null) maybePush(instr.except, unsafe, stack);
    if (instr.arg >= TRACKED_LOCALS) continue;
    switch (instr.op) {
      case Op.DELETE_FAST:
      case Op.LOAD_FAST_AND_CLEAR:
      case Op.STORE_FAST_MAYBE_NULL:
        unsafe |= 1n << BigInt(instr.arg);
        break;
      case Op.STORE_FAST:
      case Op.LOAD_FAST_CHECK:
        unsafe &= ~(1n << BigInt(instr.arg));
        break;
      case Op.LOAD_FAST: {
        const bit = 1n << BigInt(instr.arg);
        if ((unsafe & bit) !== 0n) {
          instr.op = Op.LOAD_FAST_CHECK;
          unsafe &= ~bit;
        }
        break;
      }
      default:
        break;
    }
  }
  if (b.next !== null && b.hasFallthrough) maybePush(b.next, unsafe, stack);
  const { last } = b;
  if (last !== undefined && isJump(last)) maybePush(last.target!, unsafe, stack);
}

function scanManyLocals(g: Cfg, nlocals: number): void {
  const boundIn = new Int32Array(nlocals - TRACKED_LOCALS);
  let block = 0;
  for (const b of blocksOf(g)) {
    block++;
    for (const instr of b.instrs) {
      const i = instr.arg - TRACKED_LOCALS;
      if (i < 0) continue;
      switch (instr.op) {
        case Op.DELETE_FAST:
        case Op.LOAD_FAST_AND_CLEAR:
        case Op.STORE_FAST_MAYBE_NULL:
          boundIn[i] = block - 1;
          break;
        case Op.STORE_FAST:
          boundIn[i] = block;
          break;
        case Op.LOAD_FAST:
          if (boundIn[i] !== block) instr.op = Op.LOAD_FAST_CHECK;
          boundIn[i] = block;
          break;
        default:
          break;
      }
    }
  }
}

/** LOAD_FAST of a local that may be unbound becomes LOAD_FAST_CHECK. */
export function addChecksForUnboundLocals(g: Cfg, nlocals: number, nparams: number): void {
  if (nlocals === 0) return;
  let tracked = nlocals;
  if (nlocals > TRACKED_LOCALS) {
    scanManyLocals(g, nlocals);
    tracked = TRACKED_LOCALS;
  }
  clearVisited(g);
  const stack: BasicBlock[] = [];
  let start = 0n;
  for (let i = nparams; i < tracked; i++) start |= 1n << BigInt(i);
  maybePush(g.entry, start, stack);
  for (const b of blocksOf(g)) scanBlock(b, stack);
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) {
    b.visited = false;
    scanBlock(b, stack);
  }
}

// ---- superinstructions -----------------------------------------------------------------------------------------

function makeSuper(first: Instruction, second: Instruction, op: Op): void {
  const line1 = first.loc.lineno;
  const line2 = second.loc.lineno;
  if (line1 >= 0 && line2 >= 0 && line1 !== line2) return;
  if (first.arg >= 16 || second.arg >= 16) return;
  first.op = op;
  first.arg = (first.arg << 4) | second.arg;
  makeNop(second);
}

export function insertSuperinstructions(g: Cfg): void {
  for (const b of blocksOf(g)) {
    b.instrs.forEach((instr, i) => {
      const next = b.instrs[i + 1];
      if (next === undefined) return;
      if (instr.op === Op.LOAD_FAST && next.op === Op.LOAD_FAST) makeSuper(instr, next, Op.LOAD_FAST_LOAD_FAST);
      else if (instr.op === Op.STORE_FAST && next.op === Op.LOAD_FAST) makeSuper(instr, next, Op.STORE_FAST_LOAD_FAST);
      else if (instr.op === Op.STORE_FAST && next.op === Op.STORE_FAST) {
        makeSuper(instr, next, Op.STORE_FAST_STORE_FAST);
      }
    });
  }
  removeRedundantNops(g);
}

// ---- borrowed loads --------------------------------------------------------------------------------------------

const DUMMY = -1;
const NOT_LOCAL = -1;

/** A reference on the abstract stack: the instruction that pushed it, and the local it came from. */
interface Ref {
  instr: number;
  local: number;
}

/**
 * A load may borrow if its reference is consumed in its block before the local that supports it is rebound, and is
 * not itself stored into a local.
 */
export function optimizeLoadFast(g: Cfg): void {
  clearVisited(g);
  const stack = [g.entry];
  g.entry.startDepth = 0;
  g.entry.visited = true;
  const push = (b: BasicBlock): void => {
    if (b.visited) return;
    b.visited = true;
    stack.push(b);
  };
  for (let b = stack.pop(); b !== undefined; b = stack.pop()) new BorrowScan(b, push).run();
}

class BorrowScan {
  /** Instructions of the block whose reference may not be borrowed. */
  private readonly owned: Uint8Array;
  private readonly refs: Ref[] = [];

  constructor(
    private readonly b: BasicBlock,
    private readonly visit: (b: BasicBlock) => void,
  ) {
    this.owned = new Uint8Array(b.instrs.length);
    for (let i = 0; i < b.startDepth; i++) this.push(DUMMY, NOT_LOCAL);
  }

  private push(instr: number, local: number): void {
    this.refs.push({ instr, local });
  }

  private pop(): Ref {
    return this.refs.pop() ?? { instr: DUMMY, local: NOT_LOCAL };
  }

  private kill(local: number): void {
    for (const ref of this.refs) if (ref.local === local && ref.instr >= 0) this.owned[ref.instr] = 1;
  }

  private store(local: number, ref: Ref): void {
    this.kill(local);
    if (ref.instr !== DUMMY) this.owned[ref.instr] = 1;
  }

  run(): void {
    const { b, refs, owned } = this;
    for (const [i, instr] of b.instrs.entries()) this.step(instr, i);
    const { last } = b;
    if (last !== undefined && b.next !== null && !(isUnconditionalJump(last.op) || isScopeExit(last.op))) {
      this.visit(b.next);
    }
    for (const ref of refs) if (ref.instr !== DUMMY) owned[ref.instr] = 1;
    b.instrs.forEach((instr, i) => {
      if (owned[i] === 1) return;
      if (instr.op === Op.LOAD_FAST) instr.op = Op.LOAD_FAST_BORROW;
      else if (instr.op === Op.LOAD_FAST_LOAD_FAST) instr.op = Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW;
    });
  }

  private step(instr: Instruction, i: number): void {
    const { op, arg } = instr;
    const { refs } = this;
    switch (op) {
      case Op.LOAD_FAST:
        this.push(i, arg);
        break;
      case Op.LOAD_FAST_AND_CLEAR:
        this.kill(arg);
        this.push(i, arg);
        break;
      case Op.LOAD_FAST_LOAD_FAST:
        this.push(i, arg >> 4);
        this.push(i, arg & 15);
        break;
      case Op.STORE_FAST:
        this.store(arg, this.pop());
        break;
      case Op.STORE_FAST_LOAD_FAST:
        this.store(arg >> 4, this.pop());
        this.push(i, arg & 15);
        break;
      case Op.STORE_FAST_STORE_FAST:
        this.store(arg >> 4, this.pop());
        this.store(arg & 15, this.pop());
        break;
      case Op.COPY: {
        const ref = refs[refs.length - arg]!;
        this.push(ref.instr, ref.local);
        break;
      }
      case Op.SWAP: {
        const low = refs.length - arg;
        const top = refs.length - 1;
        [refs[low], refs[top]] = [refs[top]!, refs[low]!];
        break;
      }
      // Consume nothing. The compiler notes the results under the wrong instruction: counted from 0.
      case Op.GET_ANEXT:
      case Op.GET_LEN:
      case Op.IMPORT_FROM:
      case Op.MATCH_KEYS:
      case Op.MATCH_MAPPING:
      case Op.MATCH_SEQUENCE:
      case Op.WITH_EXCEPT_START: {
        const info = OPCODES[op]!;
        const net = info.pushes(arg) - info.pops(arg);
        for (let n = 0; n < net; n++) this.push(n, NOT_LOCAL);
        break;
      }
      case Op.DICT_MERGE:
      case Op.DICT_UPDATE:
      case Op.LIST_APPEND:
      case Op.LIST_EXTEND:
      case Op.MAP_ADD:
      case Op.RERAISE:
      case Op.SET_ADD:
      case Op.SET_UPDATE: {
        const info = OPCODES[op]!;
        for (let n = info.pops(arg) - info.pushes(arg); n > 0; n--) this.pop();
        break;
      }
      case Op.CHECK_EXC_MATCH:
        this.pop();
        this.push(i, NOT_LOCAL);
        break;
      case Op.FOR_ITER:
        this.visit(instr.target!);
        this.push(i, NOT_LOCAL);
        break;
      case Op.LOAD_ATTR:
      case Op.LOAD_SUPER_ATTR:
      case Op.LOAD_SPECIAL: {
        const self = this.pop();
        if (op === Op.LOAD_SUPER_ATTR) {
          this.pop();
          this.pop();
        }
        this.push(i, NOT_LOCAL);
        // The object itself may come back as self.
        if (op === Op.LOAD_SPECIAL || (arg & 1) !== 0) this.push(self.instr, self.local);
        break;
      }
      case Op.DELETE_FAST:
        this.kill(arg);
        break;
      // A generator stands for itself, and so does a string.
      case Op.GET_YIELD_FROM_ITER:
      case Op.FORMAT_SIMPLE:
        break;
      case Op.SEND:
        this.visit(instr.target!);
        this.pop();
        this.push(i, NOT_LOCAL);
        break;
      default: {
        const info = OPCODES[op]!;
        if (instr.target !== null) this.visit(instr.target);
        if (isBlockPush(op)) break;
        for (let n = info.pops(arg); n > 0; n--) this.pop();
        for (let n = info.pushes(arg); n > 0; n--) this.push(i, NOT_LOCAL);
      }
    }
  }
}
