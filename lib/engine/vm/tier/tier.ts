/**
 * The second tier of the VM: JavaScript generated from the bytecode of code that runs often. Everything that lives
 * longer than an expression stays in the frame's words, so that a frame is the same for both tiers and either can go on
 * where the other stopped. Where code may not be generated (a strict CSP) the plain loop does it all.
 */
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE } from '../../compiler/code-unit';
import type { CodeRuntime, GeneratedCode } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import type { Side } from './make';
import { tierMaker } from './maker';

/** Longer code would not be compiled to machine code anyway. */
const MAX_INSTRUCTIONS = 3000;
/** Coroutines are left to the plain loop. */
const LEFT_OUT = CO_COROUTINE | CO_ASYNC_GENERATOR | CO_ITERABLE_COROUTINE;

/** Heat of code that will not be tried again. */
const TRIED = -(2 ** 30);

/** What an interpreter keeps for its generated code: for runs that nobody watches, and for those that are watched. */
export interface TierState {
  plain: Side | null;
  watched: Side | null;
  /** A policy forbids generated code. */
  forbidden: boolean;
}

/** Counts a call or a back edge; the code for runs that are watched, or not, if there is some. */
export function warmUp(ip: Interpreter, code: CodeRuntime, watched: boolean): GeneratedCode | null {
  const made = watched ? code.watchedTier : code.tier;
  if (made !== null) return made;
  const heat = watched ? ++code.watchedHeat : ++code.heat;
  if (heat <= ip.tierThreshold) return null;
  const maker = tierMaker();
  // On its way: asked for again next time.
  if (maker === null) return null;
  if (watched) code.watchedHeat = TRIED;
  else code.heat = TRIED;
  const { unit } = code;
  if (ip.tier.forbidden || unit.ops.length > MAX_INSTRUCTIONS || (unit.flags & LEFT_OUT) !== 0) return null;
  return maker.makeTier(ip, code, watched);
}
