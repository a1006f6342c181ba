/** `_opcode` (Modules/_opcode.c): facts about instructions, by CPython's numbers, for `opcode` and `dis`. */
import type { Profile } from '../compiler/code-unit';
import { HAVE_ARGUMENT, OPCODE_NUMBERS } from '../compiler/opcode-numbers';
import {
  INTRINSIC_1_NAMES,
  INTRINSIC_2_NAMES,
  NB,
  NB_SYMBOLS,
  type OpcodeInfo,
  OPCODES,
  SPECIAL_METHOD_NAMES,
} from '../compiler/opcodes';
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, typeName } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { strFrom } from '../objects/str';
import { newTuple } from '../objects/tuple';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** Instructions that our loop does without: their effect on the stack. */
const OTHERS: Readonly<Record<string, number>> = {
  CACHE: 0,
  RESERVED: 0,
  EXTENDED_ARG: 0,
  ENTER_EXECUTOR: 0,
  INTERPRETER_EXIT: -1,
  EXIT_INIT_CHECK: -1,
  GET_LEN: 1,
  SETUP_ANNOTATIONS: 0,
  INSTRUMENTED_INSTRUCTION: 0,
  ANNOTATIONS_PLACEHOLDER: 0,
  JUMP: 0,
  JUMP_IF_FALSE: 0,
  JUMP_IF_TRUE: 0,
  JUMP_NO_INTERRUPT: 0,
  LOAD_CLOSURE: 1,
  POP_BLOCK: 0,
  STORE_FAST_MAYBE_NULL: -1,
  LOAD_METHOD: 1,
  LOAD_SUPER_METHOD: -1,
  LOAD_ZERO_SUPER_ATTR: -1,
  LOAD_ZERO_SUPER_METHOD: -1,
};
/** What a `try` pushes on the way to its handler. */
const SETUP: Readonly<Record<string, number>> = { SETUP_CLEANUP: 2, SETUP_FINALLY: 1, SETUP_WITH: 1 };
/** Effects that 3.13's table gives, though the instrumented instruction's own is another. */
const FREE_IN_313: ReadonlySet<string> = new Set([
  'FOR_ITER',
  'CALL',
  'CALL_KW',
  'CALL_FUNCTION_EX',
  'POP_JUMP_IF_TRUE',
  'POP_JUMP_IF_FALSE',
  'POP_JUMP_IF_NONE',
  'POP_JUMP_IF_NOT_NONE',
]);

const INFO = new Map<string, OpcodeInfo>(OPCODES.filter((o) => o !== undefined).map((o) => [o.name, o]));
const NAMES: Readonly<Record<Profile, ReadonlyMap<number, string>>> = {
  '3.13': new Map([...OPCODE_NUMBERS['3.13']].map(([name, n]) => [n, name])),
  '3.14': new Map([...OPCODE_NUMBERS['3.14']].map(([name, n]) => [n, name])),
};

const base = (name: string): string => name.replace(/^INSTRUMENTED_/, '');

/** null: there is no such instruction. */
function stackEffect(profile: Profile, opcode: number, arg: number, jump: Handle, no: Handle): number | null {
  const name = NAMES[profile].get(opcode);
  if (name === undefined || (name === 'INSTRUMENTED_LINE' && profile === '3.13')) return null;
  if (name === 'INSTRUMENTED_LINE') return 0;
  const setup = SETUP[name];
  if (setup !== undefined) return jump === no ? 0 : setup;
  const known = OTHERS[name];
  if (known !== undefined) return known;
  if (profile === '3.13') {
    if (name.startsWith('INSTRUMENTED_') && FREE_IN_313.has(base(name))) return 0;
    if (name === 'BUILD_SLICE') return arg === 3 ? -2 : -1;
    if (name === 'CALL_FUNCTION_EX') return -2 - (arg & 1);
  } else {
    if (name === 'CALL_FUNCTION_EX') return -3;
    // The value returns to the caller's stack, which is the same table's.
    if (base(name) === 'RETURN_VALUE') return 0;
  }
  const info = INFO.get(base(name));
  return info === undefined ? 0 : info.pushes(arg) - info.pops(arg);
}

type Fact = (name: string, profile: Profile, opcode: number) => boolean;

const argKind = (...kinds: string[]): Fact => {
  const wanted = new Set(kinds);
  return (name) => wanted.has(INFO.get(base(name))?.arg ?? '');
};

const PSEUDO_LOCALS: ReadonlySet<string> = new Set(['LOAD_CLOSURE', 'STORE_FAST_MAYBE_NULL']);
const PSEUDO_JUMPS: ReadonlySet<string> = new Set(['JUMP', 'JUMP_NO_INTERRUPT', 'JUMP_IF_FALSE', 'JUMP_IF_TRUE']);
const PSEUDO_NAMES: ReadonlySet<string> = new Set([
  'LOAD_METHOD',
  'LOAD_SUPER_METHOD',
  'LOAD_ZERO_SUPER_ATTR',
  'LOAD_ZERO_SUPER_METHOD',
]);
/** Instrumented instructions whose argument is theirs in CPython's tables. */
const FIRST_PSEUDO_NUMBER = 256;

const FACTS: Readonly<Record<string, Fact>> = {
  has_arg: (name, profile, opcode) =>
    opcode < FIRST_PSEUDO_NUMBER
      ? opcode > HAVE_ARGUMENT[profile] && !INSTRUMENTED_WITHOUT.has(name)
        ? !name.startsWith('INSTRUMENTED_') || instrumentedHasArg(name, profile)
        : name === 'RESUME' || (name === 'ENTER_EXECUTOR' && profile !== '3.13')
      : PSEUDO_LOCALS.has(name) || PSEUDO_JUMPS.has(name) || PSEUDO_NAMES.has(name) || name in SETUP,
  has_const: argKind('const'),
  has_name: (name, profile, opcode) =>
    PSEUDO_NAMES.has(name) ||
    (argKind('name', 'name1', 'name2')(name, profile, opcode) &&
      !(profile === '3.13' && name.startsWith('INSTRUMENTED_'))),
  has_jump: (name, profile) =>
    PSEUDO_JUMPS.has(name) ||
    (!(name in SETUP) && INFO.get(name)?.arg === 'jump') ||
    (profile !== '3.13' && ['END_ASYNC_FOR', 'INSTRUMENTED_END_ASYNC_FOR', 'INSTRUMENTED_FOR_ITER'].includes(name)),
  has_free: (name, profile) =>
    name === 'MAKE_CELL' || (INFO.get(name)?.arg === 'deref' && !(profile !== '3.13' && name === 'LOAD_DEREF')),
  has_local: (name, profile) =>
    PSEUDO_LOCALS.has(name) ||
    (name === 'LOAD_DEREF' && profile !== '3.13') ||
    (name !== 'MAKE_CELL' && ['local', 'local2'].includes(INFO.get(name)?.arg ?? '')),
  has_exc: (name) => name in SETUP,
};

const INSTRUMENTED_WITHOUT: ReadonlySet<string> = new Set(['INSTRUMENTED_LINE', 'INSTRUMENTED_INSTRUCTION']);

function instrumentedHasArg(name: string, profile: Profile): boolean {
  const number = OPCODE_NUMBERS[profile].get(base(name));
  // 3.13's table has no argument there, and names none of the other.
  if (number === undefined || (profile === '3.13' && base(name) === 'CALL_FUNCTION_EX')) return false;
  return base(name) === 'RESUME' || number > HAVE_ARGUMENT[profile];
}

const strings = (ip: Interpreter, list: readonly string[]): Handle =>
  newList(
    ip,
    list.map((s) => strFrom(ip, s)),
  );

function nbOps(ip: Interpreter): Handle {
  const pairs: Handle[] = [];
  for (const [i, symbol] of NB_SYMBOLS.entries()) {
    if (symbol === '[]' && ip.facts.name === '3.13') continue;
    pairs.push(newTuple(ip, [strFrom(ip, `NB_${NB[i]}`), strFrom(ip, symbol)]));
  }
  return newList(ip, pairs);
}

const METHODS: Record<string, MethodDef> = {
  stack_effect: {
    kind: 'clinic',
    params: 'opcode, oparg=, /, *, jump=',
    fn(ip: Interpreter, _m, [opcode, oparg, jump]) {
      const op = asIndex(ip, opcode!, 'OverflowError');
      if (op === null) return 0;
      const arg = oparg === 0 || oparg === ip.None ? 0 : asIndex(ip, oparg!, 'OverflowError');
      if (arg === null) return 0;
      if (jump !== 0 && jump !== ip.None && jump !== ip.True && jump !== ip.False)
        return ip.raise('ValueError', 'stack_effect: jump must be False, True or None');
      const effect = stackEffect(ip.facts.name, op, arg, jump!, ip.False);
      return effect === null ? ip.raise('ValueError', 'invalid opcode or oparg') : intFromNumber(ip, effect);
    },
  },
  is_valid: {
    kind: 'clinic',
    params: 'opcode',
    fn(ip: Interpreter, _m, [opcode]) {
      const op = asIndex(ip, opcode!, 'OverflowError');
      return op === null ? 0 : ip.bool(stackEffect(ip.facts.name, op, 0, ip.None, ip.False) !== null);
    },
  },
  ...Object.fromEntries(
    Object.entries(FACTS).map(([name, fact]): [string, MethodDef] => [
      name,
      {
        kind: 'clinic',
        params: 'opcode',
        fn(ip: Interpreter, _m, [opcode]) {
          const op = asIndex(ip, opcode!, 'OverflowError');
          if (op === null) return 0;
          const text = NAMES[ip.facts.name].get(op);
          return ip.bool(text !== undefined && fact(text, ip.facts.name, op));
        },
      },
    ]),
  ),
  get_nb_ops: { kind: 'noargs', fn: (ip: Interpreter) => nbOps(ip) },
  get_intrinsic1_descs: { kind: 'noargs', fn: (ip: Interpreter) => strings(ip, INTRINSIC_1_NAMES) },
  get_intrinsic2_descs: { kind: 'noargs', fn: (ip: Interpreter) => strings(ip, INTRINSIC_2_NAMES) },
  get_special_method_names: { kind: 'noargs', fn: (ip: Interpreter) => strings(ip, SPECIAL_METHOD_NAMES) },
  get_specialization_stats: { kind: 'noargs', fn: (ip: Interpreter) => ip.None },
  get_executor: {
    kind: 'clinic',
    params: 'code, offset',
    fn(ip: Interpreter, _m, [code]) {
      if (!ip.is(code!, ip.types.code))
        return ip.raise('TypeError', `expected a code object, not '${typeName(ip, code!)}'`);
      return ip.raise('RuntimeError', 'Executors are not available in this build');
    },
  },
};

export const opcodeModule: NativeModule = {
  name: '_opcode',
  methods: METHODS,
  values: (ip) => ({
    ENABLE_SPECIALIZATION: ip.True,
    ...(ip.facts.name === '3.13' ? {} : { ENABLE_SPECIALIZATION_FT: ip.False }),
  }),
};
