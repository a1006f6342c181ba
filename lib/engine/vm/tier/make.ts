/**
 * Makes generated code, and once for each interpreter what it calls. A module of its own, so that the site's worker can
 * fetch it when some code runs often (lib/engine/maker-later.ts).
 */
import { Op, Resume } from '../../compiler/opcodes';
import type { CodeRuntime, GeneratedCode } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import { analyse } from './control-flow';
import { generate } from './generate';
import { makeFunctions } from './functions';
import { makeGenerating } from './generating';
import { makeHelpers } from './helpers';
import * as imports from './imports';
import { makeRaising } from './raising';
import { makeSteps } from './steps';

/** One kind of generated code in one interpreter. */
export interface Side {
  readonly helpers: Helpers;
  /**
   * What was made before, by its text: a program that runs again, or a cell that is edited, finds its code warm. A text
   * names nothing of one code object but words that any code object of the same text may use.
   */
  readonly made: Map<string, GeneratedCode['run']>;
}
const MAX_MADE = 1000;

/** Null: a shape that is left to the plain loop, or a policy forbids generated code. */
export function makeTier(ip: Interpreter, code: CodeRuntime, watched: boolean): GeneratedCode | null {
  const { unit } = code;
  const flow = analyse(unit, ip.facts.name);
  if (flow === null) return null;
  const side = sideOf(ip, watched);
  if (side === null) return null;
  const { text, registers, caches } = generate(ip, code, flow, watched, Object.keys(side.helpers));
  let run = side.made.get(text);
  if (run === undefined) {
    run = (new Function('ip', 'words', 'caches', 'helpers', `${text}\n// ${++copies}`) as Factory)(
      ip,
      ip.mem,
      new Int32Array(caches).fill(-1),
      side.helpers,
    );
    if (side.made.size >= MAX_MADE) side.made.clear();
    side.made.set(text, run);
  }
  const entries = new Uint16Array(unit.ops.length);
  for (const index of flow.entries) entries[flow.blocks[index]!.start] = index + 1;
  const tier = { run, entries, delegates: delegatesOf(code), registers };
  if (watched) code.watchedTier = tier;
  else code.tier = tier;
  return tier;
}

/** Where a RESUME takes a generator up in the loop of its `yield from`. */
function delegatesOf({ ops, args }: CodeRuntime): Uint8Array {
  return Uint8Array.from(ops, (op, pc) =>
    op === Op.RESUME &&
    (args[pc]! & 3) === Resume.AFTER_YIELD_FROM &&
    ops[pc - 2] === Op.SEND &&
    ops[pc + 1] === Op.JUMP_BACKWARD_NO_INTERRUPT
      ? 1
      : 0,
  );
}

type Factory = (ip: Interpreter, words: Int32Array, caches: Int32Array, helpers: Helpers) => GeneratedCode['run'];

/** Null: a policy forbids generated code. */
function sideOf(ip: Interpreter, watched: boolean): Side | null {
  const made = watched ? ip.tier.watched : ip.tier.plain;
  if (made !== null) return made;
  try {
    const helpers = specialized(makeHelpers)(
      imports,
      ip,
      watched,
      specialized(makeRaising),
      specialized(makeGenerating),
    );
    const functions = specialized(makeFunctions)(imports, ip, helpers);
    const steps = specialized(makeSteps)(imports, ip, helpers);
    const side = { helpers: { ...helpers, ...functions, ...steps }, made: new Map() };
    if (watched) ip.tier.watched = side;
    else ip.tier.plain = side;
    return side;
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    ip.tier.forbidden = true;
    return null;
  }
}

/** Everything that generated code calls by name. */
export type Helpers = ReturnType<typeof makeHelpers> & ReturnType<typeof makeFunctions> & ReturnType<typeof makeSteps>;

/**
 * The same function from its text: one more of its kind. JavaScript compilers take the variables around a function for
 * constants only while the function exists once, and the heap's words, the types and `watched` must be constants in the
 * helpers: they are twice as fast then.
 */
function specialized<Make extends (...args: never[]) => unknown>(make: Make): Make {
  return (new Function(`return ${make}\n// ${++copies}`) as () => Make)();
}
/** No two texts are the same: of one that it knows V8 would take what it has learned from the other copy. */
let copies = 0;
