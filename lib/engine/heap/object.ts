/**
 * What a type is to the engine (Include/cpython/object.h, PyTypeObject): its slots, under CPython's names, as one
 * JavaScript object a type. What a program can see of a type (its dict, bases, mro) is in the heap's type object.
 *
 * Conventions, everywhere: a function that can fail returns 0 (or -1 where 0 is an answer) with the thread's exception
 * set. Results are *new* references, arguments are *borrowed*, unless a name or comment says otherwise.
 */
import type { FreeList } from './freelists';
import type { Heap } from './heap';
import { BLOCK_LIVE, type Handle } from './layout';

/** The little that the lower layers know of the running thread; `Runtime` in objects/ is the rest. */
export interface Thread {
  readonly heap: Heap;
}

/** Lets a slot be written for the full runtime while this layer only names its base. */
type Slot<A extends unknown[], R> = { call(rt: Thread, ...args: A): R }['call'];

/** Called for each reference: the object referred to, and the word that holds the reference (0 if none does). */
export type Visit = (child: Handle, word: number) => void;

export type UnaryFunc = Slot<[h: Handle], Handle>;
export type BinaryFunc = Slot<[a: Handle, b: Handle], Handle>;
export type TernaryFunc = Slot<[a: Handle, b: Handle, c: Handle], Handle>;
/** 1, 0, or -1 with an exception. */
export type Inquiry = Slot<[h: Handle], number>;
/** A length, or -1 with an exception. */
export type LenFunc = Slot<[h: Handle], number>;
/** 0, or -1 with an exception. A value of 0 deletes. */
export type SetFunc = Slot<[h: Handle, key: Handle, value: Handle], number>;
export type SsizeArgFunc = Slot<[h: Handle, index: number], Handle>;
export type SsizeObjArgFunc = Slot<[h: Handle, index: number, value: Handle], number>;
export type ObjObjProc = Slot<[h: Handle, x: Handle], number>;
export type RichCmpFunc = Slot<[a: Handle, b: Handle, op: CompareOp], Handle>;
/** The low 32 bits of the hash; the high ones in `rt.hashHigh`. `rt.hashFailed` says that it raised. */
export type HashFunc = Slot<[h: Handle], number>;
/** `args`: positional values then those of `kwnames`, all borrowed; `kwnames`: str handles or null. */
export type CallFunc = Slot<[callable: Handle, args: Handle[], kwnames: Handle[] | null], Handle>;
/** `tp_init`: 0, or -1 with an exception. */
export type InitFunc = Slot<[self: Handle, args: Handle[], kwnames: Handle[] | null], number>;
export type TraverseFunc = Slot<[h: Handle, visit: Visit], void>;
export type DeallocFunc = Slot<[h: Handle], void>;

/**
 * What an exporter lends through the buffer protocol (Include/cpython/object.h, `Py_buffer`). Its memory is no pointer
 * here: `read` gives the exporter's bytes as they are now (not to be written, nor kept while Python code runs), and
 * `write` changes some of them.
 */
export interface BufferInfo {
  readonly readonly: boolean;
  /** As the module `struct` writes it; 'B' for plain bytes. */
  readonly format: string;
  readonly itemsize: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Where the first item lies in what `read` gives. */
  readonly offset: number;
  readonly read: () => Uint8Array;
  readonly write: (at: number, data: Uint8Array) => void;
  /** A new reference to what is to be held and released in the exporter's place. */
  readonly owner?: Handle;
}
/** null with an exception; the exporter counts the loan until `bf_releasebuffer`. */
export type GetBufferProc = Slot<[h: Handle, writable: boolean], BufferInfo | null>;

/** Operators of `tp_richcompare`, with CPython's numbers (Include/object.h). */
export enum CompareOp {
  LT = 0,
  LE = 1,
  EQ = 2,
  NE = 3,
  GT = 4,
  GE = 5,
}

/** `tp_flags`, with CPython's bits (Include/object.h). */
export const TPFLAGS = {
  INLINE_VALUES: 1 << 2,
  MANAGED_WEAKREF: 1 << 3,
  MANAGED_DICT: 1 << 4,
  SEQUENCE: 1 << 5,
  MAPPING: 1 << 6,
  DISALLOW_INSTANTIATION: 1 << 7,
  IMMUTABLETYPE: 1 << 8,
  HEAPTYPE: 1 << 9,
  BASETYPE: 1 << 10,
  HAVE_GC: 1 << 14,
  METHOD_DESCRIPTOR: 1 << 17,
  IS_ABSTRACT: 1 << 20,
  LONG_SUBCLASS: 1 << 24,
  LIST_SUBCLASS: 1 << 25,
  TUPLE_SUBCLASS: 1 << 26,
  BYTES_SUBCLASS: 1 << 27,
  UNICODE_SUBCLASS: 1 << 28,
  DICT_SUBCLASS: 1 << 29,
  BASE_EXC_SUBCLASS: 1 << 30,
  TYPE_SUBCLASS: 1 << 31,
} as const;

/** Word offset of the type's index into `heap.types` (see also objects/type.ts). */
export const TP_INDEX = 2;

/** Instances that give back their memory and nothing else. */
export enum PlainDeath {
  Never = 0,
  Always = 1,
  /** An int with its value in its own words (objects/int.ts). */
  OwnWords = 2,
  /** A str that is not interned: its text is a leaf (objects/str.ts). */
  Text = 3,
}

/**
 * What tp_traverse of the most common types does, in a form that the collector follows itself: a call for each of a
 * million references is most of a collection's time (gc/reachability.ts has the layouts).
 */
export enum Traversal {
  /** tp_traverse is called, if there is one. */
  Call = 0,
  /** list: the number of items, the table. The last item first. */
  List = 1,
  /** tuple: the number of items, the items. The last one first. */
  Tuple = 2,
  /** dict: a table of entries (objects/dict-keys.ts). */
  Dict = 3,
  /** An instance that owns only attributes: inline values, the class. */
  Attributes = 4,
  /** The words of `traversedWords`, in that order, then the class if `traversesType`. */
  Words = 5,
}

export class TypeSlots {
  /** The type object in the heap; 0 until it is made. */
  handle: Handle = 0;
  index = -1;
  flags = 0;
  /** Instances have a collector's header. */
  isGc = false;
  /** Flags of an instance's block: BLOCK_LIVE, with BLOCK_GC and BLOCK_MANAGED where they apply (heap/layout.ts). */
  blockFlags = BLOCK_LIVE;
  /** Units of 16 simulated bytes between the start of an instance's block and the address `id` shows. */
  preheader = 0;
  /** Words of an instance after ob_refcnt and ob_type, without inline values. */
  words = 0;
  /** Where its instances' blocks wait when they are free (heap/blocks.ts); 0: not asked for yet. */
  blockKey = 0;
  /** Inline values and simulated size that `blockKey` is for, of classes that have inline values. */
  keyedCapacity = -1;
  keyedBytes = 0;
  /** How its exact instances die when they own nothing: the heap does it itself, with no call. */
  plainDeath = PlainDeath.Never;
  /** Where they wait then. */
  plainFreelist: FreeList | null = null;
  /** 64-bit `tp_basicsize` and `tp_itemsize`, for `sys.getsizeof` and the allocator's model. */
  basicsize = 16;
  itemsize = 0;
  base: TypeSlots | null = null;
  /** Word offset of the instance's `__dict__` slot (a dict or 0), MANAGED_DICT for classes, or 0: none. */
  dictoffset = 0;
  /** Word offset of the head of the list of weak references, MANAGED_WEAKLIST for classes, or 0: none. */
  weaklistoffset = 0;
  /** Word offset of the number of inline values, or 0: none (objects/dict-values.ts). */
  valuesoffset = 0;
  /** A class made by Python code over `object` alone, without `__slots__`. */
  ownsOnlyAttributes = false;
  /** Or one with `__slots__` all along, whose instances have no `__dict__`: `traversedWords` are all its fields. */
  ownsOnlySlots = false;
  /** `ht_cached_keys`: names of attributes shared by instances, each an owned reference to a str. */
  cachedKeys: Handle[] | null = null;
  /** Name → position in cachedKeys. */
  readonly cachedIndex = new Map<Handle, number>();
  /** `dk_usable` of the shared keys: names that may still join; falls with each instance made. */
  sharedUsable = 0;
  /** Words of the `__slots__` of this class itself, with their names (owned by the member descriptors). */
  slotMembers: { name: Handle; word: number }[] = [];
  /** Names looked up through the mro → borrowed value; emptied when the type or a base changes. */
  readonly mroCache = new Map<Handle, Handle>();
  /** The Python `__init__` that a call of the class enters, or 0, as of that version of the type (vm/tier/caches.ts). */
  pythonInit: Handle = 0;
  /** The same of an exception class, made by `BaseException_new`. */
  exceptionInit: Handle = 0;
  initVersion = 0;
  /** Of an exception class: the end of the words that its instances own and nothing else; -1: they are more; 0: not asked. */
  exceptionWords = 0;
  /** Direct subclasses by index; weak, as in CPython: a dead type's index is taken out. */
  readonly subclasses = new Set<number>();

  tp_dealloc: DeallocFunc | null = null;
  /** What the collector sees: the objects that this one refers to. */
  tp_traverse: TraverseFunc | null = null;
  /**
   * What the ledger sees: every reference this object owns, also those the collector is not shown.
   * null: the same as tp_traverse. The reference to a heap type is added by the audit where tp_traverse leaves it out.
   */
  tp_ledger: TraverseFunc | null = null;
  /** tp_traverse once more, for the collector. */
  traversal = Traversal.Call;
  traversedWords: readonly number[] = [];
  traversesType = false;
  tp_clear: DeallocFunc | null = null;
  /** `__del__`. */
  tp_finalize: DeallocFunc | null = null;
  tp_repr: UnaryFunc | null = null;
  tp_str: UnaryFunc | null = null;
  tp_hash: HashFunc | null = null;
  tp_call: CallFunc | null = null;
  tp_getattro: BinaryFunc | null = null;
  tp_setattro: SetFunc | null = null;
  tp_richcompare: RichCmpFunc | null = null;
  tp_iter: UnaryFunc | null = null;
  /** The next item, or 0: exhausted if no exception is set. */
  tp_iternext: UnaryFunc | null = null;
  tp_descr_get: TernaryFunc | null = null;
  tp_descr_set: SetFunc | null = null;
  tp_init: InitFunc | null = null;
  tp_new: CallFunc | null = null;
  /**
   * Whether an instance has a `tp_vectorcall`; else the arguments of its call are in a tuple. null: no. `lacks` asks
   * it of another callable.
   */
  tp_vectorcall: Slot<[h: Handle, lacks: (callable: Handle) => boolean], boolean> | null = null;
  bf_getbuffer: GetBufferProc | null = null;
  bf_releasebuffer: DeallocFunc | null = null;
  /** `Py_SIZE`, of types whose instances have `itemsize` bytes for each item: what `object.__sizeof__` counts. */
  ob_size: LenFunc | null = null;

  nb_add: BinaryFunc | null = null;
  nb_subtract: BinaryFunc | null = null;
  nb_multiply: BinaryFunc | null = null;
  nb_remainder: BinaryFunc | null = null;
  nb_divmod: BinaryFunc | null = null;
  nb_power: TernaryFunc | null = null;
  nb_negative: UnaryFunc | null = null;
  nb_positive: UnaryFunc | null = null;
  nb_absolute: UnaryFunc | null = null;
  nb_bool: Inquiry | null = null;
  nb_invert: UnaryFunc | null = null;
  nb_lshift: BinaryFunc | null = null;
  nb_rshift: BinaryFunc | null = null;
  nb_and: BinaryFunc | null = null;
  nb_xor: BinaryFunc | null = null;
  nb_or: BinaryFunc | null = null;
  nb_int: UnaryFunc | null = null;
  nb_float: UnaryFunc | null = null;
  nb_index: UnaryFunc | null = null;
  nb_floor_divide: BinaryFunc | null = null;
  nb_true_divide: BinaryFunc | null = null;
  nb_matrix_multiply: BinaryFunc | null = null;
  nb_inplace_add: BinaryFunc | null = null;
  nb_inplace_subtract: BinaryFunc | null = null;
  nb_inplace_multiply: BinaryFunc | null = null;
  nb_inplace_remainder: BinaryFunc | null = null;
  nb_inplace_power: TernaryFunc | null = null;
  nb_inplace_lshift: BinaryFunc | null = null;
  nb_inplace_rshift: BinaryFunc | null = null;
  nb_inplace_and: BinaryFunc | null = null;
  nb_inplace_xor: BinaryFunc | null = null;
  nb_inplace_or: BinaryFunc | null = null;
  nb_inplace_floor_divide: BinaryFunc | null = null;
  nb_inplace_true_divide: BinaryFunc | null = null;
  nb_inplace_matrix_multiply: BinaryFunc | null = null;

  sq_length: LenFunc | null = null;
  sq_concat: BinaryFunc | null = null;
  sq_repeat: SsizeArgFunc | null = null;
  sq_item: SsizeArgFunc | null = null;
  sq_ass_item: SsizeObjArgFunc | null = null;
  sq_contains: ObjObjProc | null = null;
  sq_inplace_concat: BinaryFunc | null = null;
  sq_inplace_repeat: SsizeArgFunc | null = null;

  mp_length: LenFunc | null = null;
  mp_subscript: BinaryFunc | null = null;
  mp_ass_subscript: SetFunc | null = null;

  constructor(public name: string) {}

  /** Declared by a TypeSpec, so written in TypeScript; false for a class made by Python code. */
  native = false;
  /** Instances of a built-in type have the managed header too, so that a class made by Python code can take them over. */
  managedHeader = false;

  get isHeapType(): boolean {
    return (this.flags & TPFLAGS.HEAPTYPE) !== 0;
  }

  /** A class made by Python code: its instances have the managed header, and die by `subtype_dealloc`. */
  get isPythonClass(): boolean {
    return !this.native && (this.flags & TPFLAGS.HEAPTYPE) !== 0;
  }
}

/** METH_VARARGS: a tuple holds the positional arguments while it runs; in 3.13 alone, or in both versions. */
export interface Varargs {
  varargs?: '3.13' | 'always';
}

/** How a native function takes its arguments (Include/methodobject.h). */
export type MethodDef = Varargs &
  (
    | { kind: 'noargs'; fn: Slot<[self: Handle], Handle>; doc?: string }
    | { kind: 'o'; fn: Slot<[self: Handle, arg: Handle], Handle>; doc?: string }
    /** Positional only; `min`..`max` of them (max -1: any number). Missing ones are absent from `args`. */
    | { kind: 'fast'; min: number; max: number; fn: Slot<[self: Handle, args: Handle[]], Handle>; doc?: string }
    /** Parsed by `params` (objects/getargs.ts): `args[i]` is the i-th parameter or 0. */
    | { kind: 'clinic'; params: string; fn: Slot<[self: Handle, args: Handle[]], Handle>; doc?: string }
    /** Takes everything raw. */
    | {
        kind: 'keywords';
        doc?: string;
        fn: Slot<[self: Handle, args: Handle[], kwnames: Handle[] | null], Handle>;
      }
  );

export interface GetSetDef {
  get: Slot<[self: Handle], Handle>;
  /** value 0 deletes. */
  set?: Slot<[self: Handle, value: Handle], number>;
  doc?: string;
}

/** A field that is an attribute (PyMemberDef). */
export interface MemberDef {
  readonly word: number;
  /** `Py_T_OBJECT_EX`: an empty field raises AttributeError. Otherwise it reads as None. */
  readonly strict?: boolean;
  readonly readonly?: boolean;
  /** The value of a field that is no reference (`Py_T_DOUBLE`): new. */
  readonly get?: (rt: never, h: Handle) => Handle;
  readonly doc?: string;
}

/** A static type as a module of objects/ declares it; `readyType` makes the type object from it. */
export interface TypeSpec {
  name: string;
  /** Shown as `__module__`; 'builtins' if absent. */
  module?: string;
  base?: string;
  flags?: number;
  gc?: boolean;
  words: number;
  basicsize: number;
  itemsize?: number;
  dictoffset?: number;
  weaklistoffset?: number;
  managedHeader?: boolean;
  slots: Partial<TypeSlots>;
  methods?: Record<string, MethodDef>;
  classmethods?: Record<string, MethodDef>;
  staticmethods?: Record<string, MethodDef>;
  getset?: Record<string, GetSetDef>;
  members?: Record<string, MemberDef>;
  doc?: string;
}
