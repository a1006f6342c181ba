/** Tuples whose items have names (Objects/structseq.c): `sys.version_info` and its like. Never tracked. */
import type { Handle } from '../heap/layout';
import type { GetSetDef, TypeSpec } from '../heap/object';
import { reprText } from './abstract';
import { dictSet } from './dict';
import { intFromNumber } from './int';
import { allocInstance } from './object';
import type { Runtime } from './runtime';
import { strFrom } from './str';
import { newTuple, TUPLE_ITEMS, TUPLE_SIZE, tupleItem } from './tuple';
import { TP_DICT } from './type-lookup';
import type { StaticTypeName } from './type-names';

const FIELDS = {
  'sys.version_info': 'major minor micro releaselevel serial',
  'sys.flags': `debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose
    bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path
    int_max_str_digits`,
  'sys.float_info': 'max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds',
  'sys.int_info': 'bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold',
  'sys.hash_info': 'width modulus inf nan imag algorithm hash_bits seed_bits cutoff',
  'sys.thread_info': 'name lock version',
  asyncgen_hooks: 'firstiter finalizer',
  UnraisableHookArgs: 'exc_type exc_value exc_traceback err_msg object',
} as const satisfies Partial<Record<StaticTypeName, string>>;

export type StructSequenceName = keyof typeof FIELDS;

/** Further flags are attributes only, and the same in every program: `gil` of both versions, the others of 3.14. */
const HIDDEN_FLAGS: Readonly<Record<string, number>> = { gil: 1, thread_inherit_context: 0, context_aware_warnings: 0 };

const hiddenFields = (rt: Runtime, name: StructSequenceName): number =>
  name !== 'sys.flags' ? 0 : rt.facts.name === '3.13' ? 1 : Object.keys(HIDDEN_FLAGS).length;

const fieldNames = (name: StructSequenceName): string[] => FIELDS[name].split(/\s+/);

/** A new one; items stolen. */
export function newStructSequence(rt: Runtime, name: StructSequenceName, items: Handle[]): Handle {
  const h = allocInstance(rt, rt.types[name], items.length, items.length * 8);
  rt.heap.gcUntrack(h);
  rt.heap.set(h + TUPLE_SIZE, items.length);
  for (const [i, item] of items.entries()) rt.heap.set(h + TUPLE_ITEMS + i, item);
  return h;
}

export const structSequenceSpecs: TypeSpec[] = (Object.keys(FIELDS) as StructSequenceName[]).map((name) => ({
  name,
  module: name.startsWith('sys.') ? 'sys' : 'builtins',
  base: 'tuple',
  gc: true,
  words: 4,
  basicsize: 32,
  itemsize: 8,
  slots: {
    tp_new: (rt: Runtime) => rt.raise('TypeError', `cannot create '${name}' instances`),
    tp_repr(rt: Runtime, h: Handle) {
      const parts: string[] = [];
      for (const [i, field] of fieldNames(name).entries()) {
        const text = reprText(rt, tupleItem(rt, h, i));
        if (text === null) return 0;
        parts.push(`${field}=${text}`);
      }
      return strFrom(rt, `${name}(${parts.join(', ')})`);
    },
  },
  getset: Object.fromEntries([
    ...fieldNames(name).map((field, i): [string, GetSetDef] => [
      field,
      { get: (rt: Runtime, h: Handle) => rt.newRef(tupleItem(rt, h, i)) },
    ]),
    ...(name === 'sys.flags' ? Object.entries(HIDDEN_FLAGS) : []).map(([field, value]): [string, GetSetDef] => [
      field,
      {
        get: (rt: Runtime, h: Handle) =>
          rt.facts.name === '3.13' && field !== 'gil'
            ? rt.raiseAttributeError(`'${name}' object has no attribute '${field}'`, h, rt.id(field))
            : rt.smallInts[value + 5]!,
      },
    ]),
  ]),
}));

/** Once the types are ready: how many fields each has, and their sizes with those that are attributes only. */
export function initStructSequences(rt: Runtime): void {
  for (const name of Object.keys(FIELDS) as StructSequenceName[]) {
    const type = rt.types[name];
    const visible = fieldNames(name).length;
    const hidden = hiddenFields(rt, name);
    type.basicsize += 8 * hidden;
    const dict = rt.mem[type.handle + TP_DICT]!;
    const values: [string, Handle][] = [
      ['n_sequence_fields', intFromNumber(rt, visible)],
      ['n_fields', intFromNumber(rt, visible + hidden)],
      ['n_unnamed_fields', intFromNumber(rt, 0)],
      [
        '__match_args__',
        newTuple(
          rt,
          fieldNames(name).map((field) => rt.id(field)),
        ),
      ],
    ];
    for (const [key, value] of values) {
      dictSet(rt, dict, rt.id(key), value);
      rt.decref(value);
    }
  }
}
