/**
 * The second tier of the VM: JavaScript generated from the bytecode of code that runs often. Everything that lives
 * longer than an expression stays in the frame's words, so that a frame is the same for both tiers and either can go on
 * where the other stopped. Where code may not be generated (a strict CSP) the plain loop does it all.
 */
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE } from '../../compiler/code-unit';
import type { CodeRuntime, GeneratedCode } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import { analyse } from './control-flow';
import { generate } from './generate';
import { makeAll, type Helpers } from './helpers';

/** Longer code would not be compiled to machine code anyway. */
const MAX_INSTRUCTIONS = 3000;
/** Coroutines are left to the plain loop. */
const LEFT_OUT = CO_COROUTINE | CO_ASYNC_GENERATOR | CO_ITERABLE_COROUTINE;

/** Heat of code that will not be tried again. */
const TRIED = -(2 ** 30);

/** What an interpreter keeps for its generated code. */
export interface TierState {
  plain: Helpers | null;
  watched: Helpers | null;
  /** A policy forbids generated code. */
  forbidden: boolean;
}

/** Counts a call or a back edge; the code for runs that are watched, or not, if there is some. */
export function warmUp(ip: Interpreter, code: CodeRuntime, watched: boolean): GeneratedCode | null {
  const made = watched ? code.watchedTier : code.tier;
  if (made !== null) return made;
  const heat = watched ? ++code.watchedHeat : ++code.heat;
  if (heat <= ip.tierThreshold) return null;
  if (watched) code.watchedHeat = TRIED;
  else code.heat = TRIED;
  const { unit } = code;
  if (ip.tier.forbidden || unit.ops.length > MAX_INSTRUCTIONS || (unit.flags & LEFT_OUT) !== 0) return null;
  const flow = analyse(unit, ip.facts.name);
  if (flow === null) return null;
  const helpers = helpersOf(ip, watched);
  const { text, registers, caches } = generate(ip, code, flow, watched, Object.keys(helpers));
  let run: GeneratedCode['run'];
  try {
    run = factoryOf(text)(ip, ip.mem, new Int32Array(caches).fill(-1), helpers, code.consts);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    ip.tier.forbidden = true;
    return null;
  }
  const entries = new Uint16Array(unit.ops.length);
  for (const index of flow.entries) entries[flow.blocks[index]!.start] = index + 1;
  const tier = { run, entries, registers };
  if (watched) code.watchedTier = tier;
  else code.tier = tier;
  return tier;
}

type Factory = (
  ip: Interpreter,
  words: Int32Array,
  caches: Int32Array,
  helpers: Helpers,
  consts: Int32Array,
) => GeneratedCode['run'];

/**
 * What was compiled before, by its text, over all interpreters: a program that runs again, or a cell, finds its code
 * warm. Nothing of an interpreter is in it.
 */
const factories = new Map<string, Factory>();
const MAX_FACTORIES = 1000;

function factoryOf(text: string): Factory {
  let factory = factories.get(text);
  if (factory === undefined) {
    factory = new Function('ip', 'words', 'caches', 'helpers', 'consts', text) as Factory;
    if (factories.size >= MAX_FACTORIES) factories.clear();
    factories.set(text, factory);
  }
  return factory;
}

function helpersOf(ip: Interpreter, watched: boolean): Helpers {
  if (watched) {
    ip.tier.watched ??= makeAll(ip, true);
    return ip.tier.watched;
  }
  ip.tier.plain ??= makeAll(ip, false);
  return ip.tier.plain;
}
