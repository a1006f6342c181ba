/**
 * Descriptors that types carry (Objects/descrobject.c): `wrapper_descriptor` (`int.__add__`), the bound
 * `method-wrapper`, `getset_descriptor`, `member_descriptor` (`__slots__`), `mappingproxy`.
 */
import type { Handle } from '../heap/layout';
import type { GetSetDef, MemberDef, TypeSpec } from '../heap/object';
import { CompareOp, TPFLAGS } from '../heap/object';
import { getAttr, getItem, getIter, length, contains, isDict, repr, richCompare, str, typeName } from './abstract';
import { fullTypeName } from './dict';
import { genericGetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { hex } from './method-object';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import type { SlotDef } from './slotdefs';
import { strFrom, strValue } from './str';
import { slotSignature } from './text-signatures';
import { newTuple } from './tuple';
import { HT_QUALNAME, isInstanceOf } from './type-lookup';

const D_LEAF = 2;
const D_TYPE = 3;
const D_NAME = 4;
const MW_SELF = 3;

/** The leaf of a wrapper: which slot, and the native function that was in it when the type was made. */
export interface SlotWrapper {
  readonly def: SlotDef;
  readonly fn: unknown;
}

interface Member extends MemberDef {
  readonly name: string;
}

function newDescriptor(
  rt: Runtime,
  kind: 'wrapper_descriptor' | 'getset_descriptor' | 'member_descriptor',
  type: Handle,
  name: Handle,
  leaf: unknown,
): Handle {
  const { heap } = rt;
  const h = newObject(rt, rt.types[kind]);
  heap.set(h + D_LEAF, heap.newLeaf(leaf));
  heap.set(h + D_TYPE, rt.newRef(type));
  heap.set(h + D_NAME, rt.newRef(name));
  heap.gcTrack(h);
  return h;
}

/** `name` interned, borrowed. */
export function newSlotWrapper(rt: Runtime, type: Handle, name: Handle, wrapper: SlotWrapper): Handle {
  return newDescriptor(rt, 'wrapper_descriptor', type, name, wrapper);
}
/** `name` interned, borrowed. */
export function newGetSet(rt: Runtime, type: Handle, name: Handle, def: GetSetDef): Handle {
  return newDescriptor(rt, 'getset_descriptor', type, name, def);
}
/** `name` borrowed: the mangled name of the slot. */
export function newMember(rt: Runtime, type: Handle, name: Handle, word: number): Handle {
  return newDescriptor(rt, 'member_descriptor', type, name, {
    name: strValue(rt, name),
    word,
    strict: true,
  } satisfies Member);
}
/** The attribute that a native type's field is. */
export function newNativeMember(rt: Runtime, type: Handle, name: string, def: MemberDef): Handle {
  return newDescriptor(rt, 'member_descriptor', type, rt.id(name), { ...def, name } satisfies Member);
}

export function descriptorType(rt: Runtime, descr: Handle): Handle {
  return rt.mem[descr + D_TYPE]!;
}
export function slotWrapperOf(rt: Runtime, h: Handle): SlotWrapper {
  return rt.heap.leaf[rt.mem[h + D_LEAF]!] as SlotWrapper;
}

const slots: TypeSpec['slots'] = {
  tp_dealloc(rt: Runtime, h) {
    rt.heap.gcUntrack(h);
    rt.heap.dropLeaf(rt.mem[h + D_LEAF]!);
    rt.heap.clearRef(h + D_TYPE);
    rt.heap.clearRef(h + D_NAME);
    freeObject(rt, h);
  },
  tp_traverse(rt: Runtime, h, visit) {
    if (rt.mem[h + D_TYPE] !== 0) visit(rt.mem[h + D_TYPE]!, h + D_TYPE);
  },
  tp_ledger(rt: Runtime, h, visit) {
    for (const w of [D_TYPE, D_NAME]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
  },
  tp_getattro: genericGetAttr,
};

const getset: TypeSpec['getset'] = {
  __name__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + D_NAME]!) },
  __objclass__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + D_TYPE]!) },
  __qualname__: {
    get: (rt: Runtime, h) =>
      strFrom(rt, `${strValue(rt, rt.mem[rt.mem[h + D_TYPE]! + HT_QUALNAME]!)}.${strValue(rt, rt.mem[h + D_NAME]!)}`),
  },
  __doc__: {
    get: (rt: Runtime, h) => {
      const doc = (rt.heap.leaf[rt.mem[h + D_LEAF]!] as { doc?: string }).doc;
      return doc === undefined ? rt.None : strFrom(rt, doc);
    },
  },
  __text_signature__: {
    get: (rt: Runtime, h) =>
      rt.is(h, rt.types.wrapper_descriptor) ? strFrom(rt, slotSignature(strValue(rt, rt.mem[h + D_NAME]!))) : rt.None,
  },
};

function ownerName(rt: Runtime, h: Handle): string {
  return rt.slotsOfType(rt.mem[h + D_TYPE]!).name;
}
function descrName(rt: Runtime, h: Handle): string {
  return strValue(rt, rt.mem[h + D_NAME]!);
}

/** `descr_check`: false with TypeError. */
function check(rt: Runtime, descr: Handle, obj: Handle): boolean {
  if (isInstanceOf(rt, obj, rt.slotsOfType(rt.mem[descr + D_TYPE]!))) return true;
  rt.raise(
    'TypeError',
    `descriptor '${descrName(rt, descr)}' for '${ownerName(rt, descr)}' objects doesn't apply to a '${typeName(rt, obj)}' object`,
  );
  return false;
}

const wrapperDescriptorSpec: TypeSpec = {
  name: 'wrapper_descriptor',
  gc: true,
  flags: TPFLAGS.METHOD_DESCRIPTOR,
  words: 3,
  basicsize: 56,
  slots: {
    ...slots,
    tp_descr_get(rt: Runtime, descr, obj, _type) {
      if (obj === 0) return rt.newRef(descr);
      if (!check(rt, descr, obj)) return 0;
      const { heap } = rt;
      const h = newObject(rt, rt.types['method-wrapper']);
      heap.set(h + D_LEAF, rt.newRef(descr));
      heap.set(h + MW_SELF, rt.newRef(obj));
      heap.gcTrack(h);
      return h;
    },
    tp_call(rt: Runtime, descr, args, kwnames) {
      const self = args[0];
      if (self === undefined) {
        return rt.raise(
          'TypeError',
          `descriptor '${descrName(rt, descr)}' of '${ownerName(rt, descr)}' object needs an argument`,
        );
      }
      if (!isInstanceOf(rt, self, rt.slotsOfType(rt.mem[descr + D_TYPE]!))) {
        return rt.raise(
          'TypeError',
          `descriptor '${descrName(rt, descr)}' requires a '${ownerName(rt, descr)}' object but received a '${typeName(rt, self)}'`,
        );
      }
      // `wrapperdescr_call`: a tuple of what follows self.
      const rest = args.slice(1);
      const tuple = newTuple(
        rt,
        rest.slice(0, rest.length - (kwnames?.length ?? 0)).map((a) => rt.newRef(a)),
      );
      const outer = rt.argsTuple;
      rt.argsTuple = tuple;
      const r = callWrapper(rt, slotWrapperOf(rt, descr), self, rest, kwnames);
      rt.argsTuple = outer;
      rt.decref(tuple);
      return r;
    },
    tp_repr: (rt: Runtime, h) => strFrom(rt, `<slot wrapper '${descrName(rt, h)}' of '${ownerName(rt, h)}' objects>`),
  },
  getset,
};

/** `wrapperdescr_raw_call`. */
export function callWrapper(
  rt: Runtime,
  w: SlotWrapper,
  self: Handle,
  args: Handle[],
  kwnames: Handle[] | null,
): Handle {
  if (kwnames !== null && kwnames.length > 0 && !w.def.keywords) {
    return rt.raise('TypeError', `wrapper ${w.def.name}() takes no keyword arguments`);
  }
  return w.def.wrap(rt, w.fn, self, args, kwnames);
}

const methodWrapperSpec: TypeSpec = {
  name: 'method-wrapper',
  gc: true,
  words: 2,
  basicsize: 32,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + D_LEAF);
      rt.heap.clearRef(h + MW_SELF);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      visit(rt.mem[h + D_LEAF]!, h + D_LEAF);
      visit(rt.mem[h + MW_SELF]!, h + MW_SELF);
    },
    tp_call(rt: Runtime, h, args, kwnames) {
      return callWrapper(rt, slotWrapperOf(rt, rt.mem[h + D_LEAF]!), rt.mem[h + MW_SELF]!, args, kwnames);
    },
    tp_repr(rt: Runtime, h) {
      const self = rt.mem[h + MW_SELF]!;
      return strFrom(
        rt,
        `<method-wrapper '${descrName(rt, rt.mem[h + D_LEAF]!)}' of ${typeName(rt, self)} object at ${hex(rt, self)}>`,
      );
    },
    tp_hash(rt: Runtime, h) {
      const id = rt.heap.id(rt.mem[h + MW_SELF]!) / 16;
      rt.hashHigh = 0;
      return (Math.floor(id) ^ (rt.heap.id(rt.mem[h + D_LEAF]!) / 16)) | 0;
    },
    tp_richcompare(rt: Runtime, a, b, op) {
      if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !rt.is(b, rt.types['method-wrapper']))
        return rt.NotImplemented;
      const same = rt.mem[a + D_LEAF] === rt.mem[b + D_LEAF] && rt.mem[a + MW_SELF] === rt.mem[b + MW_SELF];
      return rt.bool(same === (op === CompareOp.EQ));
    },
    tp_getattro: genericGetAttr,
  },
  getset: {
    __self__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + MW_SELF]!) },
    __name__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[rt.mem[h + D_LEAF]! + D_NAME]!) },
    __objclass__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[rt.mem[h + D_LEAF]! + D_TYPE]!) },
    __qualname__: { get: (rt: Runtime, h) => getAttr(rt, rt.mem[h + D_LEAF]!, rt.id('__qualname__')) },
    __doc__: { get: (rt: Runtime) => rt.None },
    __text_signature__: {
      get: (rt: Runtime, h) => strFrom(rt, slotSignature(strValue(rt, rt.mem[rt.mem[h + D_LEAF]! + D_NAME]!))),
    },
  },
};

const getsetDescriptorSpec: TypeSpec = {
  name: 'getset_descriptor',
  gc: true,
  words: 3,
  basicsize: 48,
  slots: {
    ...slots,
    tp_descr_get(rt: Runtime, descr, obj, _type) {
      if (obj === 0) return rt.newRef(descr);
      if (!check(rt, descr, obj)) return 0;
      return (rt.heap.leaf[rt.mem[descr + D_LEAF]!] as GetSetDef).get(rt, obj);
    },
    tp_descr_set(rt: Runtime, descr, obj, value) {
      if (!check(rt, descr, obj)) return -1;
      const def = rt.heap.leaf[rt.mem[descr + D_LEAF]!] as GetSetDef;
      if (def.set === undefined) {
        return rt.raiseInt(
          'AttributeError',
          `attribute '${descrName(rt, descr)}' of '${ownerName(rt, descr)}' objects is not writable`,
        );
      }
      return def.set(rt, obj, value);
    },
    tp_repr: (rt: Runtime, h) => strFrom(rt, `<attribute '${descrName(rt, h)}' of '${ownerName(rt, h)}' objects>`),
  },
  getset,
};

/** The word that a `__slots__` descriptor reads and writes without more ado, or 0. */
export function strictMemberWord(rt: Runtime, descr: Handle): number {
  const member = rt.heap.leaf[rt.mem[descr + D_LEAF]!] as Member;
  return member.strict === true && member.readonly !== true ? member.word : 0;
}

const memberDescriptorSpec: TypeSpec = {
  name: 'member_descriptor',
  gc: true,
  words: 3,
  basicsize: 48,
  slots: {
    ...slots,
    tp_descr_get(rt: Runtime, descr, obj, _type) {
      if (obj === 0) return rt.newRef(descr);
      if (!check(rt, descr, obj)) return 0;
      const member = rt.heap.leaf[rt.mem[descr + D_LEAF]!] as Member;
      if (member.get !== undefined) return (member.get as (rt: Runtime, h: Handle) => Handle)(rt, obj);
      const value = rt.mem[obj + member.word]!;
      if (value !== 0) return rt.newRef(value);
      if (member.strict !== true) return rt.None;
      return rt.raiseAttributeError(
        `'${fullTypeName(rt, obj)}' object has no attribute '${descrName(rt, descr)}'`,
        obj,
        rt.mem[descr + D_NAME]!,
      );
    },
    tp_descr_set(rt: Runtime, descr, obj, value) {
      if (!check(rt, descr, obj)) return -1;
      const member = rt.heap.leaf[rt.mem[descr + D_LEAF]!] as Member;
      const word = obj + member.word;
      if (member.readonly === true) return rt.raiseInt('AttributeError', 'readonly attribute');
      if (value === 0 && member.strict === true && rt.mem[word] === 0) {
        rt.raise('AttributeError', descrName(rt, descr));
        return -1;
      }
      if (value !== 0) rt.incref(value);
      rt.heap.setRef(word, value);
      return 0;
    },
    tp_repr: (rt: Runtime, h) => strFrom(rt, `<member '${descrName(rt, h)}' of '${ownerName(rt, h)}' objects>`),
  },
  getset,
};

// ---- mappingproxy -------------------------------------------------------------------------------------------------

const MP_MAPPING = 2;

/** `PyDictProxy_New`: a read-only view; `mapping` borrowed. */
export function newMappingProxy(rt: Runtime, mapping: Handle): Handle {
  const h = newObject(rt, rt.types.mappingproxy);
  rt.heap.set(h + MP_MAPPING, rt.newRef(mapping));
  rt.heap.gcTrack(h);
  return h;
}

const MAPPINGPROXY_NEW = params('mappingproxy', 'mapping');

function forward(name: string) {
  return {
    kind: 'keywords' as const,
    fn: (rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null) => {
      const m = getAttr(rt, rt.mem[self + MP_MAPPING]!, rt.id(name));
      if (m === 0) return 0;
      const r = rt.call(m, args, kwnames);
      rt.decref(m);
      return r;
    },
  };
}

const mappingProxySpec: TypeSpec = {
  name: 'mappingproxy',
  gc: true,
  flags: TPFLAGS.MAPPING,
  words: 1,
  basicsize: 24,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + MP_MAPPING);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      visit(rt.mem[h + MP_MAPPING]!, h + MP_MAPPING);
    },
    tp_new(rt: Runtime, type, args, kwnames) {
      const a = parseArgs(rt, MAPPINGPROXY_NEW, args, kwnames);
      if (a === null) return 0;
      if (!isDict(rt, a[0]!) && rt.tp(a[0]!).mp_subscript === null) {
        return rt.raise('TypeError', `mappingproxy() argument must be a mapping, not ${typeName(rt, a[0]!)}`);
      }
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + MP_MAPPING, rt.newRef(a[0]!));
      return h;
    },
    tp_repr(rt: Runtime, h) {
      const r = repr(rt, rt.mem[h + MP_MAPPING]!);
      if (r === 0) return 0;
      const text = strFrom(rt, `mappingproxy(${strValue(rt, r)})`);
      rt.decref(r);
      return text;
    },
    tp_str: (rt: Runtime, h) => str(rt, rt.mem[h + MP_MAPPING]!),
    mp_length: (rt: Runtime, h) => length(rt, rt.mem[h + MP_MAPPING]!),
    mp_subscript: (rt: Runtime, h, key) => getItem(rt, rt.mem[h + MP_MAPPING]!, key),
    sq_contains: (rt: Runtime, h, key) => contains(rt, rt.mem[h + MP_MAPPING]!, key),
    tp_iter: (rt: Runtime, h) => getIter(rt, rt.mem[h + MP_MAPPING]!),
    tp_richcompare: (rt: Runtime, a, b, op) => richCompare(rt, rt.mem[a + MP_MAPPING]!, b, op),
    tp_getattro: genericGetAttr,
  },
  methods: {
    get: forward('get'),
    keys: forward('keys'),
    values: forward('values'),
    items: forward('items'),
    copy: forward('copy'),
  },
  classmethods: {
    __class_getitem__: {
      kind: 'o',
      fn: (rt: Runtime, cls, item) => rt.call(rt.types['types.GenericAlias'].handle, [cls, item]),
    },
  },
};

export const descrSpecs: TypeSpec[] = [
  wrapperDescriptorSpec,
  methodWrapperSpec,
  getsetDescriptorSpec,
  memberDescriptorSpec,
  mappingProxySpec,
];
