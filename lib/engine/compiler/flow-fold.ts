/**
 * Peephole work inside basic blocks (optimize_load_const and optimize_basic_block in Python/flowgraph.c): constants
 * folded, conditions on constants decided, jumps to jumps shortened, pairs of instructions merged, swaps minimized.
 */
import { type BasicBlock, blocksOf, type Cfg, type Instruction, makeNop } from './cfg';
import type { ConstValue } from './code-unit';
import { STACK_USE_GUIDELINE } from './compiler';
import type { ConstTable } from './compiler-unit';
import { foldBinary, foldUnary } from './const-fold';
import { bool, frozenset, int, isTrue, tuple } from './const-value';
import { NO_LOCATION } from './location';
import { COMPARE_TO_BOOL, Intrinsic1, type NB, Op } from './opcodes';
import { applyStaticSwaps, swaptimize } from './flow-swaps';

const MIN_CONST_SEQUENCE_SIZE = 3;
/** Ints that every process has ready-made, so that an instruction can name them: 0 to 255 of -5 to 256. */
const MAX_SMALL_INT_ARG = 255;

const loadsConst = (op: Op): boolean => op === Op.LOAD_CONST || op === Op.LOAD_SMALL_INT;

function constValue(instr: Instruction, consts: ConstTable): ConstValue {
  return instr.op === Op.LOAD_SMALL_INT ? int(instr.arg) : consts.values[instr.arg]!;
}

function set(instr: Instruction, op: Op, arg = 0): void {
  instr.op = op;
  instr.arg = arg;
}

function makeLoadSmallInt(instr: Instruction, value: ConstValue): boolean {
  if (value.kind !== 'int' || value.value < 0n || value.value > BigInt(MAX_SMALL_INT_ARG)) return false;
  set(instr, Op.LOAD_SMALL_INT, Number(value.value));
  return true;
}

function makeLoadConst(instr: Instruction, value: ConstValue, consts: ConstTable): void {
  if (!makeLoadSmallInt(instr, value)) set(instr, Op.LOAD_CONST, consts.add(value));
}

// ---- conditions on constants -----------------------------------------------------------------------------------

export function optimizeLoadConst(g: Cfg, consts: ConstTable): void {
  for (const b of blocksOf(g)) optimizeLoadConstIn(g, b, consts);
}

function optimizeLoadConstIn(g: Cfg, b: BasicBlock, consts: ConstTable): void {
  const is313 = g.profile === '3.13';
  // The last constant load; COPY 1 after it is a load of the same.
  let load: { op: Op; arg: number } = { op: Op.NOP, arg: 0 };
  for (let i = 0; i < b.instrs.length; i++) {
    const inst = b.instrs[i]!;
    if (!is313 && inst.op === Op.LOAD_CONST) makeLoadSmallInt(inst, constValue(inst, consts));
    const isCopy = load.op === Op.LOAD_CONST && inst.op === Op.COPY && inst.arg === 1;
    if (!isCopy) load = { op: inst.op, arg: inst.arg };
    if (!loadsConst(load.op)) continue;
    const value = load.op === Op.LOAD_SMALL_INT ? int(load.arg) : consts.values[load.arg]!;
    const next = b.instrs[i + 1];
    switch (next?.op) {
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
      case Op.JUMP_IF_FALSE:
      case Op.JUMP_IF_TRUE: {
        const pops = next.op === Op.POP_JUMP_IF_FALSE || next.op === Op.POP_JUMP_IF_TRUE;
        const jumpIfTrue = next.op === Op.POP_JUMP_IF_TRUE || next.op === Op.JUMP_IF_TRUE;
        if (pops) makeNop(inst);
        if (isTrue(value) === jumpIfTrue) next.op = Op.JUMP;
        else makeNop(next);
        break;
      }
      case Op.IS_OP:
        if (value.kind === 'none') foldIsNone(b, i, inst, next);
        break;
      case Op.RETURN_VALUE:
        if (is313) {
          makeNop(inst);
          set(next, Op.RETURN_CONST, load.arg);
          i++;
        }
        break;
      case Op.TO_BOOL:
        makeNop(inst);
        set(next, Op.LOAD_CONST, consts.add(bool(isTrue(value))));
        break;
      default:
        break;
    }
  }
}

/** LOAD_CONST None, IS_OP, a conditional jump: POP_JUMP_IF_NONE or POP_JUMP_IF_NOT_NONE. */
function foldIsNone(b: BasicBlock, i: number, inst: Instruction, isInstr: Instruction): void {
  let jump = b.instrs[i + 2];
  if (jump?.op === Op.TO_BOOL) {
    makeNop(jump);
    jump = b.instrs[i + 3];
  }
  if (jump?.op !== Op.POP_JUMP_IF_FALSE && jump?.op !== Op.POP_JUMP_IF_TRUE) return;
  const invert = (isInstr.arg !== 0) !== (jump.op === Op.POP_JUMP_IF_FALSE);
  makeNop(inst);
  makeNop(isInstr);
  jump.op = invert ? Op.POP_JUMP_IF_NOT_NONE : Op.POP_JUMP_IF_NONE;
}

// ---- folding ---------------------------------------------------------------------------------------------------

/** The `size` constant loads right before `end`, NOPs between them apart; null if there are others. */
function constLoadsBefore(b: BasicBlock, end: number, size: number): Instruction[] | null {
  const found: Instruction[] = [];
  for (let i = end - 1; i >= 0 && found.length < size; i--) {
    const instr = b.instrs[i]!;
    if (instr.op === Op.NOP) continue;
    if (!loadsConst(instr.op)) return null;
    found.push(instr);
  }
  return found.length === size ? found.reverse() : null;
}

function nopOut(instrs: readonly Instruction[]): void {
  for (const instr of instrs) {
    makeNop(instr);
    instr.loc = NO_LOCATION;
  }
}

function foldTuple(b: BasicBlock, i: number, consts: ConstTable): void {
  const instr = b.instrs[i]!;
  if (instr.arg > STACK_USE_GUIDELINE) return;
  const loads = constLoadsBefore(b, i, instr.arg);
  if (loads === null) return;
  const value = tuple(loads.map((load) => constValue(load, consts)));
  nopOut(loads);
  makeLoadConst(instr, value, consts);
}

/** 3.13: the loads must stand side by side. */
function foldTuple313(b: BasicBlock, i: number, consts: ConstTable): void {
  const instr = b.instrs[i]!;
  if (i < instr.arg) return;
  const loads = b.instrs.slice(i - instr.arg, i);
  if (!loads.every((load) => load.op === Op.LOAD_CONST)) return;
  const value = tuple(loads.map((load) => constValue(load, consts)));
  for (const load of loads) makeNop(load);
  set(instr, Op.LOAD_CONST, consts.add(value));
}

/** A list of constants, grown item by item and turned into a tuple. */
function foldListToTuple(b: BasicBlock, i: number, consts: ConstTable): void {
  const intrinsic = b.instrs[i]!;
  let expectAppend = true;
  const found: ConstValue[] = [];
  for (let pos = i - 1; pos >= 0; pos--) {
    const instr = b.instrs[pos]!;
    if (instr.op === Op.NOP) continue;
    if (instr.op === Op.BUILD_LIST && instr.arg === 0) {
      if (!expectAppend) return;
      nopOut(b.instrs.slice(pos, i).filter((old) => old.op !== Op.NOP));
      makeLoadConst(intrinsic, tuple(found.reverse()), consts);
      return;
    }
    if (expectAppend) {
      if (instr.op !== Op.LIST_APPEND || instr.arg !== 1) return;
    } else {
      if (!loadsConst(instr.op)) return;
      found.push(constValue(instr, consts));
    }
    expectAppend = !expectAppend;
  }
}

/** [1, 2, 3] is an empty list extended by a constant; in `for` and `in` a tuple or frozenset will do. */
function optimizeListOrSet(b: BasicBlock, i: number, nextOp: Op | undefined, consts: ConstTable): void {
  const instr = b.instrs[i]!;
  const forIteration = nextOp === Op.GET_ITER || nextOp === Op.CONTAINS_OP;
  const size = instr.arg;
  if (size > STACK_USE_GUIDELINE || (size < MIN_CONST_SEQUENCE_SIZE && !forIteration)) return;
  const loads = constLoadsBefore(b, i, size);
  if (loads === null) {
    if (forIteration && instr.op === Op.BUILD_LIST) instr.op = Op.BUILD_TUPLE;
    return;
  }
  const items = loads.map((load) => constValue(load, consts));
  const index = consts.add(instr.op === Op.BUILD_SET ? frozenset(items) : tuple(items));
  nopOut(loads);
  if (forIteration) {
    set(instr, Op.LOAD_CONST, index);
    return;
  }
  const isList = instr.op === Op.BUILD_LIST;
  const build = b.instrs[i - 2]!;
  build.loc = instr.loc;
  set(build, instr.op, 0);
  set(b.instrs[i - 1]!, Op.LOAD_CONST, index);
  set(instr, isList ? Op.LIST_EXTEND : Op.SET_UPDATE, 1);
}

function foldBinaryOp(g: Cfg, b: BasicBlock, i: number, consts: ConstTable): void {
  const instr = b.instrs[i]!;
  const loads = constLoadsBefore(b, i, 2);
  if (loads === null) return;
  const [left, right] = loads.map((load) => constValue(load, consts));
  const value = foldBinary(left!, instr.arg as NB, right!, g.profile);
  if (value === null) return;
  nopOut(loads);
  makeLoadConst(instr, value, consts);
}

const UNARY_NAMES = new Map<Op, 'UAdd' | 'USub' | 'Invert' | 'Not'>([
  [Op.UNARY_NEGATIVE, 'USub'],
  [Op.UNARY_INVERT, 'Invert'],
  [Op.UNARY_NOT, 'Not'],
  [Op.CALL_INTRINSIC_1, 'UAdd'],
]);

function foldUnaryOp(b: BasicBlock, i: number, consts: ConstTable): void {
  const instr = b.instrs[i]!;
  const loads = constLoadsBefore(b, i, 1);
  if (loads === null) return;
  const value = foldUnary(constValue(loads[0]!, consts), UNARY_NAMES.get(instr.op)!);
  if (value === null) return;
  nopOut(loads);
  makeLoadConst(instr, value, consts);
}

// ---- jumps to jumps --------------------------------------------------------------------------------------------

/** Jumps where the target jumps. The jump moves to the block's end and leaves a NOP for its line. */
function jumpThread(b: BasicBlock, inst: Instruction, target: Instruction, op: Op): boolean {
  if (inst.target === target.target) return false;
  const to = target.target!;
  makeNop(inst);
  b.add(op, 0, target.loc, to);
  return true;
}

export function optimizeBasicBlock(g: Cfg, b: BasicBlock, consts: ConstTable): void {
  for (let i = 0; i < b.instrs.length; i++) {
    const inst = b.instrs[i]!;
    const next = b.instrs[i + 1];
    const target = inst.target?.instrs[0];
    if (target !== undefined && threadJump(b, inst, target)) {
      i--;
      continue;
    }
    optimizeInstruction(g, b, i, inst, next, consts);
  }
  for (let i = 0; i < b.instrs.length; i++) {
    if (b.instrs[i]!.op !== Op.SWAP) continue;
    i = swaptimize(b, i);
    applyStaticSwaps(b, i);
  }
}

/** True if the jump was changed and is to be looked at again. */
function threadJump(b: BasicBlock, inst: Instruction, target: Instruction): boolean {
  switch (inst.op) {
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
      return target.op === Op.JUMP && jumpThread(b, inst, target, inst.op);
    case Op.JUMP_IF_FALSE:
    case Op.JUMP_IF_TRUE: {
      if (target.op === Op.JUMP || target.op === inst.op) return jumpThread(b, inst, target, inst.op);
      if (target.op !== Op.JUMP_IF_FALSE && target.op !== Op.JUMP_IF_TRUE) return false;
      // The opposite test of the same value falls through.
      inst.target = inst.target!.next;
      return true;
    }
    case Op.JUMP:
    case Op.JUMP_NO_INTERRUPT:
      if (target.op === Op.JUMP) return jumpThread(b, inst, target, Op.JUMP);
      return target.op === Op.JUMP_NO_INTERRUPT && jumpThread(b, inst, target, inst.op);
    default:
      return false;
  }
}

function optimizeInstruction(
  g: Cfg,
  b: BasicBlock,
  i: number,
  inst: Instruction,
  next: Instruction | undefined,
  consts: ConstTable,
): void {
  const is313 = g.profile === '3.13';
  switch (inst.op) {
    case Op.BUILD_TUPLE:
      if (next?.op === Op.UNPACK_SEQUENCE && inst.arg === next.arg && inst.arg >= 1 && inst.arg <= 3) {
        if (inst.arg === 1) makeNop(next);
        else next.op = Op.SWAP;
        makeNop(inst);
      } else if (is313) foldTuple313(b, i, consts);
      else foldTuple(b, i, consts);
      break;
    case Op.BUILD_LIST:
    case Op.BUILD_SET:
      if (!is313) optimizeListOrSet(b, i, next?.op, consts);
      break;
    case Op.STORE_FAST:
      if (next?.op === Op.STORE_FAST && inst.arg === next.arg && inst.loc.lineno === next.loc.lineno) {
        set(inst, Op.POP_TOP);
      }
      break;
    case Op.SWAP:
      if (inst.arg === 1) makeNop(inst);
      break;
    case Op.LOAD_GLOBAL:
      if (next?.op === Op.PUSH_NULL && (inst.arg & 1) === 0) {
        inst.arg |= 1;
        makeNop(next);
      }
      break;
    case Op.COMPARE_OP:
      if (next?.op === Op.TO_BOOL) {
        set(next, Op.COMPARE_OP, inst.arg | COMPARE_TO_BOOL);
        makeNop(inst);
      }
      break;
    case Op.CONTAINS_OP:
    case Op.IS_OP:
      if (next?.op === Op.TO_BOOL) {
        set(next, inst.op, inst.arg);
        makeNop(inst);
      } else if (next?.op === Op.UNARY_NOT && !is313) {
        set(next, inst.op, inst.arg ^ 1);
        makeNop(inst);
      }
      break;
    case Op.TO_BOOL:
      if (next?.op === Op.TO_BOOL) makeNop(inst);
      break;
    case Op.UNARY_NOT:
      if (next?.op === Op.TO_BOOL) {
        makeNop(inst);
        set(next, Op.UNARY_NOT);
      } else if (next?.op === Op.UNARY_NOT) {
        makeNop(inst);
        makeNop(next);
      } else if (!is313) foldUnaryOp(b, i, consts);
      break;
    case Op.UNARY_INVERT:
    case Op.UNARY_NEGATIVE:
      if (!is313) foldUnaryOp(b, i, consts);
      break;
    case Op.CALL_INTRINSIC_1:
      if (is313) break;
      if (inst.arg === Intrinsic1.LIST_TO_TUPLE) {
        if (next?.op === Op.GET_ITER) makeNop(inst);
        else foldListToTuple(b, i, consts);
      } else if (inst.arg === Intrinsic1.UNARY_POSITIVE) foldUnaryOp(b, i, consts);
      break;
    case Op.BINARY_OP:
      if (!is313) foldBinaryOp(g, b, i, consts);
      break;
    default:
      break;
  }
}
