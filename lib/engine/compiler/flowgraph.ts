/**
 * The optimizer's passes in order (_PyCfg_OptimizeCodeUnit and _PyCfg_OptimizedCfgToInstructionSequence in
 * Python/flowgraph.c). Each pass is in the flow-* file of its subject.
 */
import { blocksOf, type Cfg } from './cfg';
import type { CompilerUnit, ConstTable } from './compiler-unit';
import {
  inlineSmallBlocks,
  removeRedundantNopsAndJumps,
  removeRedundantNopsAndPairs,
  removeUnreachable,
  resolveLineNumbers,
} from './flow-cleanup';
import { optimizeBasicBlock, optimizeLoadConst } from './flow-fold';
import {
  calculateStackDepth,
  convertPseudoConditionalJumps,
  convertPseudoOps,
  labelExceptionTargets,
  markExceptHandlers,
  normalizeJumps,
  prepareLocalsPlus,
  pushColdBlocksToEnd,
} from './flow-layout';
import { addChecksForUnboundLocals, insertSuperinstructions, optimizeLoadFast } from './flow-locals';
import type { ConstValue } from './code-unit';
import { Op } from './opcodes';

function optimizeCfg(g: Cfg, consts: ConstTable): void {
  inlineSmallBlocks(g);
  removeUnreachable(g);
  resolveLineNumbers(g);
  optimizeLoadConst(g, consts);
  for (const b of blocksOf(g)) optimizeBasicBlock(g, b, consts);
  removeRedundantNopsAndPairs(g);
  removeUnreachable(g);
  removeRedundantNopsAndJumps(g);
}

const hasConst = (op: Op): boolean => op === Op.LOAD_CONST || op === Op.RETURN_CONST;

/** Leaves out constants that nothing loads any more; the first stays, because it may be the docstring. */
function removeUnusedConsts(g: Cfg, values: readonly ConstValue[]): ConstValue[] {
  if (values.length === 0) return [];
  const used = new Uint8Array(values.length);
  used[0] = 1;
  for (const b of blocksOf(g)) for (const instr of b.instrs) if (hasConst(instr.op)) used[instr.arg] = 1;
  const index = new Int32Array(values.length);
  const kept: ConstValue[] = [];
  values.forEach((value, i) => {
    if (used[i] === 1) index[i] = kept.push(value) - 1;
  });
  for (const b of blocksOf(g)) {
    for (const instr of b.instrs) if (hasConst(instr.op)) instr.arg = index[instr.arg]!;
  }
  return kept;
}

export interface OptimizedUnit {
  consts: ConstValue[];
  stackDepth: number;
  nlocalsplus: number;
}

export function optimizeUnit(g: Cfg, u: CompilerUnit, flags: number): OptimizedUnit {
  markExceptHandlers(g);
  labelExceptionTargets(g);
  optimizeCfg(g, u.consts);
  const consts = removeUnusedConsts(g, u.consts.values);
  addChecksForUnboundLocals(g, u.varnames.size, u.ste.varnames.length);
  insertSuperinstructions(g);
  pushColdBlocksToEnd(g);
  resolveLineNumbers(g);
  convertPseudoConditionalJumps(g);
  const stackDepth = calculateStackDepth(g);
  const nlocalsplus = prepareLocalsPlus(g, u, flags);
  convertPseudoOps(g);
  normalizeJumps(g);
  if (g.profile !== '3.13') optimizeLoadFast(g);
  return { consts, stackDepth, nlocalsplus };
}
