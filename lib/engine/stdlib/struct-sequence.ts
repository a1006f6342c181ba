/**
 * Types whose instances are tuples with named items (Objects/structseq.c) for the modules here: `os.stat_result`,
 * `time.struct_time`. Fields beyond the visible ones are attributes only, and lie behind the tuple's own words.
 */
import type { Handle } from '../heap/layout';
import type { TypeSlots, TypeSpec } from '../heap/object';
import { TPFLAGS } from '../heap/object';
import { isDict, reprText } from '../objects/abstract';
import { dictGet, dictItemsArray, dictSet, dictSetString, newDict } from '../objects/dict';
import { params, parseArgs } from '../objects/getargs';
import { intFromNumber } from '../objects/int';
import { freeObject, newObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom } from '../objects/str';
import { newTuple, TUPLE_ITEMS, TUPLE_SIZE, tupleFromIterable, tupleSize } from '../objects/tuple';
import { TP_DICT } from '../objects/type-lookup';
import { moduleType } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

export interface StructSequence {
  readonly module: string;
  readonly name: string;
  /** In order; null for a field without a name. */
  readonly fields: readonly (string | null)[];
  /** How many of them the tuple shows. */
  readonly visible: number;
  readonly doc?: string;
}

/** Words of a tuple between its items and ours: the remembered hash. */
const TUPLE_TAIL = 3;

const word = (desc: StructSequence, i: number): number =>
  i < desc.visible ? TUPLE_ITEMS + i : TUPLE_ITEMS + TUPLE_TAIL + i;

const CONSTRUCTOR = params('structseq', 'sequence, dict=');

/** The type, made once. */
export function structSequenceType(ip: Interpreter, desc: StructSequence): TypeSlots {
  const known = ip.moduleTypes.get(`${desc.module}.${desc.name}`);
  if (known !== undefined) return known;
  const type = moduleType(
    ip,
    spec(desc, (ip.facts.name === '3.13' ? 24 : 32) + 8 * (desc.fields.length - desc.visible)),
    'heap',
    ip.types.tuple,
  );
  const dict = ip.mem[type.handle + TP_DICT]!;
  const named = desc.fields.slice(0, desc.visible).filter((f) => f !== null);
  const put = (name: string, value: Handle): void => {
    dictSetString(ip, dict, name, value);
    ip.decref(value);
  };
  put('n_sequence_fields', intFromNumber(ip, desc.visible));
  put('n_fields', intFromNumber(ip, desc.fields.length));
  put('n_unnamed_fields', intFromNumber(ip, desc.fields.length - desc.fields.filter((f) => f !== null).length));
  put(
    '__match_args__',
    newTuple(
      ip,
      named.map((f) => strFrom(ip, f)),
    ),
  );
  return type;
}

/** `PyStructSequence_New`, filled: one value for each field, stolen. Not tracked. */
export function newStructSequence(ip: Interpreter, desc: StructSequence, items: readonly Handle[]): Handle {
  return make(ip, structSequenceType(ip, desc), desc, items);
}

function make(rt: Runtime, type: TypeSlots, desc: StructSequence, items: readonly Handle[]): Handle {
  const n = desc.fields.length;
  const h = newObject(rt, type, n, n * 8);
  rt.heap.set(h + TUPLE_SIZE, desc.visible);
  for (const [i, item] of items.entries()) rt.heap.set(h + word(desc, i), item);
  return h;
}

/** `structseq_new`. */
function construct(rt: Runtime, desc: StructSequence, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  const full = `${desc.module}.${desc.name}`;
  const a = parseArgs(rt, { ...CONSTRUCTOR, fname: full }, args, kwnames);
  if (a === null) return 0;
  const sequence = tupleFromIterable(rt, a[0]!);
  if (sequence === 0) {
    if (rt.errorMatches('TypeError')) rt.raise('TypeError', 'constructor requires a sequence');
    return 0;
  }
  const dict = a[1]!;
  if (dict !== 0 && !isDict(rt, dict)) {
    rt.decref(sequence);
    return rt.raise('TypeError', `${full}() takes a dict as second arg, if any`);
  }
  const given = tupleSize(rt, sequence);
  const { visible, fields } = desc;
  const n = fields.length;
  if (given < visible || given > n) {
    const much = visible === n ? `a ${n}-sequence` : given < visible ? `an at least ${visible}-sequence` : null;
    rt.decref(sequence);
    return rt.raise('TypeError', `${full}() takes ${much ?? `an at most ${n}-sequence`} (${given}-sequence given)`);
  }
  const h = newObject(rt, slots, n, n * 8);
  rt.heap.set(h + TUPLE_SIZE, visible);
  let used = 0;
  for (let i = 0; i < n; i++) {
    let value = i < given ? rt.mem[sequence + TUPLE_ITEMS + i]! : 0;
    if (i >= given && dict !== 0) {
      const key = strFrom(rt, fields[i] ?? '');
      value = dictGet(rt, dict, key);
      rt.decref(key);
      if (value !== 0) used++;
    }
    rt.heap.set(h + word(desc, i), rt.newRef(value === 0 ? rt.None : value));
  }
  rt.decref(sequence);
  if (dict !== 0 && rt.facts.name !== '3.13' && dictItemsArray(rt, dict).length > used) {
    rt.decref(h);
    return rt.raise('TypeError', `${full}() got duplicate or unexpected field name(s)`);
  }
  rt.heap.gcTrack(h);
  return h;
}

function reduce(rt: Runtime, desc: StructSequence, h: Handle): Handle {
  const at = (i: number): Handle => rt.newRef(rt.mem[h + word(desc, i)]!);
  const items: Handle[] = [];
  for (let i = 0; i < desc.visible; i++) items.push(at(i));
  const dict = newDict(rt);
  for (let i = desc.visible; i < desc.fields.length; i++) {
    const value = at(i);
    dictSet(rt, dict, rt.id(desc.fields[i]!), value);
    rt.decref(value);
  }
  return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), newTuple(rt, [newTuple(rt, items), dict])]);
}

function replace(rt: Runtime, desc: StructSequence, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos > 0) return rt.raise('TypeError', `__replace__() takes no positional arguments`);
  if (desc.fields.includes(null))
    return rt.raise('TypeError', '__replace__() is not supported for this type because it has unnamed field(s)');
  const items = desc.fields.map((_, i) => rt.mem[h + word(desc, i)]!);
  const unknown: Handle[] = [];
  for (const [k, name] of (kwnames ?? []).entries()) {
    const i = desc.fields.indexOf(rt.heap.leaf[rt.mem[name + 2]!] as string);
    if (i < 0) unknown.push(name);
    else items[i] = args[npos + k]!;
  }
  if (unknown.length > 0) {
    const list = newTuple(
      rt,
      unknown.map((x) => rt.newRef(x)),
    );
    const text = reprText(rt, list);
    rt.decref(list);
    return text === null
      ? 0
      : rt.raise('TypeError', `Got unexpected field name(s): [${text.slice(1, -1).replace(/,$/, '')}]`);
  }
  for (const x of items) rt.incref(x);
  return make(rt, rt.tp(h), desc, items);
}

function spec(desc: StructSequence, basicsize: number): TypeSpec {
  const { fields, visible } = desc;
  const named = fields.filter((f) => f !== null);
  return {
    name: desc.name,
    module: desc.module,
    gc: true,
    flags: TPFLAGS.TUPLE_SUBCLASS,
    words: 1 + TUPLE_TAIL,
    basicsize,
    itemsize: 8,
    doc: desc.doc,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        for (let i = fields.length - 1; i >= 0; i--) rt.heap.clearRef(h + word(desc, i));
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (let i = 0; i < fields.length; i++) {
          const at = h + word(desc, i);
          if (rt.mem[at] !== 0) visit(rt.mem[at]!, at);
        }
      },
      tp_new: (rt: Runtime, type, args, kwnames) => construct(rt, desc, type, args, kwnames),
      tp_repr(rt: Runtime, h) {
        const parts: string[] = [];
        for (let i = 0; i < visible; i++) {
          const text = reprText(rt, rt.mem[h + TUPLE_ITEMS + i]!);
          if (text === null) return 0;
          parts.push(`${named[i]}=${text}`);
        }
        return strFrom(rt, `${desc.module}.${desc.name}(${parts.join(', ')})`);
      },
    },
    methods: {
      __reduce__: { kind: 'noargs', fn: (rt: Runtime, h) => reduce(rt, desc, h) },
      __replace__: { kind: 'keywords', fn: (rt: Runtime, h, args, kwnames) => replace(rt, desc, h, args, kwnames) },
    },
    getset: Object.fromEntries(
      fields.flatMap((field, i) =>
        field === null ? [] : [[field, { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word(desc, i)]!) }]],
      ),
    ),
  };
}
