/**
 * What inline caches remember. An instruction has a few words in the function's table: the first is the version of a
 * type or of a table of keys (never 0 where something is cached), the others say where to go while that version stands.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type TypeSlots } from '../../heap/object';
import { DICT_KEYS } from '../../objects/dict';
import { MISSING, entriesOf, ENTRY_SHIFT, ENTRY_VALUE, keysVersion, lookup } from '../../objects/dict-keys';
import { hasPlainNew } from '../../objects/exceptions';
import { strictMemberWord } from '../../objects/descr';
import { genericGetAttr } from '../../objects/generic-attr';
import { F_BUILTINS, F_GLOBALS, F_LOCALS } from '../../objects/interpreter-frame';
import { strHash } from '../../objects/str';
import { hasOnlyNames, typeLookup, typeVersion } from '../../objects/type-lookup';
import { entersInit } from '../bytecodes/specialize';
import type { Interpreter } from '../interpreter';

/** The word of a key's value in a dict, or 0. */
function valueWordOf(ip: Interpreter, dict: Handle, name: Handle): number {
  const keys = ip.mem[dict + DICT_KEYS]!;
  if (keys === 0) return 0;
  const low = strHash(ip, name);
  const ix = lookup(ip, dict + DICT_KEYS, name, low, ip.hashHigh);
  return ix <= MISSING ? 0 : entriesOf(ip, keys) + (ix << ENTRY_SHIFT) + ENTRY_VALUE;
}

/** LOAD_GLOBAL, and LOAD_NAME in a module: version of the globals, the value's word, version of the builtins or 0. */
export function cacheGlobal(ip: Interpreter, ic: Int32Array, at: number, f: number, name: Handle): void {
  const { mem } = ip;
  const globals = mem[f + F_GLOBALS]!;
  const builtins = mem[f + F_BUILTINS]!;
  if (mem[globals + DICT_KEYS] === 0) return;
  let word = valueWordOf(ip, globals, name);
  ic[at + 2] = 0;
  if (word === 0) {
    if (!ip.is(builtins, ip.types.dict)) return;
    word = valueWordOf(ip, builtins, name);
    if (word === 0) return;
    ic[at + 2] = keysVersion(ip, mem[builtins + DICT_KEYS]!);
  }
  ic[at + 1] = word;
  ic[at] = keysVersion(ip, mem[globals + DICT_KEYS]!);
}

/** STORE_GLOBAL, and STORE_NAME in a module: version of the globals, the value's word. */
export function cacheStoreGlobal(ip: Interpreter, ic: Int32Array, at: number, f: number, name: Handle): void {
  const { mem } = ip;
  const globals = mem[f + F_GLOBALS]!;
  // In 3.13 a dict is tracked once it needs to be; a module's is.
  if (!ip.heap.isTracked(globals)) return;
  const word = valueWordOf(ip, globals, name);
  if (word === 0) return;
  ic[at + 1] = word;
  ic[at] = keysVersion(ip, mem[globals + DICT_KEYS]!);
}

/** The frame runs a module: its names are its globals. */
export function runsModule(ip: Interpreter, f: number): boolean {
  return ip.mem[f + F_LOCALS] === ip.mem[f + F_GLOBALS];
}

// ---- attributes -----------------------------------------------------------------------------------------------------------

/** What a name is to the instances of a type. The second word of each: */
export enum Attribute {
  /** Nothing is known, or it takes code to find out. */
  Unknown = 0,
  /** One of the instance's own values: its position. */
  Value = 1,
  /** A word of the instance (`__slots__`): its offset. */
  Slot = 2,
  /** A method of the class: the function or descriptor. */
  Method = 3,
  /** Anything else of the class that is its own value: that. */
  Class = 4,
  /** An entry of the instance's own dict, and nothing of the class: the offset of the dict. */
  Dict = 5,
  /** What a native getter says: its descriptor. */
  Getset = 6,
}

/** Bits of `Attribute` in an entry's third word; above them the offset of the instances' values, or 0. */
export const ATTRIBUTE_BITS = 4;
export const ATTRIBUTE_MASK = 15;

/** By version of a type and name: four words, version, name, kind, and what the kind says. */
export class AttributeTable {
  readonly words = new Int32Array(ENTRIES << 2);

  /** First word of the entry that these two would have. */
  static at(version: number, name: number): number {
    return ((Math.imul(version, 0x9e35) ^ (name >> 1)) & (ENTRIES - 1)) << 2;
  }

  /** Notes what a name is to a type, or to a class itself. */
  note(ip: Interpreter, obj: Handle, name: Handle): void {
    if (ip.mem[name]! >= 0) return;
    const type = ip.tp(obj);
    if (type.tp_getattro === (genericGetAttr as typeof type.tp_getattro)) {
      if (hasOnlyNames(ip, type)) this.noteInstance(ip, type, name);
    } else if (ip.is(obj, ip.types.type)) {
      const cls = ip.slotsOfType(obj);
      if (hasOnlyNames(ip, cls)) this.noteClass(ip, cls, name);
    }
  }

  private noteInstance(ip: Interpreter, type: TypeSlots, name: Handle): void {
    const descr = typeLookup(ip, type, name);
    const dt = descr === 0 ? null : ip.tp(descr);
    if (dt !== null && dt.tp_descr_set !== null) {
      if (dt === ip.types.member_descriptor && dt.tp_descr_get !== null) {
        const word = strictMemberWord(ip, descr);
        if (word > 0) this.put(ip, type, name, Attribute.Slot, 0, word);
      } else if (dt === ip.types.getset_descriptor) this.put(ip, type, name, Attribute.Getset, 0, descr);
      return;
    }
    if (type.dictoffset !== 0) {
      if (type.valuesoffset === 0) {
        if (dt === null) this.put(ip, type, name, Attribute.Dict, 0, type.dictoffset);
        return;
      }
      const i = type.cachedIndex.get(name);
      if (i !== undefined) {
        this.put(ip, type, name, Attribute.Value, type.valuesoffset, i);
        return;
      }
    }
    if (dt === null) return;
    if ((dt.flags & TPFLAGS.METHOD_DESCRIPTOR) !== 0) {
      this.put(ip, type, name, Attribute.Method, type.valuesoffset, descr);
    } else if (dt.tp_descr_get === null) this.put(ip, type, name, Attribute.Class, type.valuesoffset, descr);
  }

  private noteClass(ip: Interpreter, type: TypeSlots, name: Handle): void {
    if (typeLookup(ip, ip.types.type, name) !== 0) return;
    const attr = typeLookup(ip, type, name);
    if (attr === 0) return;
    const at = ip.tp(attr);
    if (at.tp_descr_get === null || at === ip.types.function) this.put(ip, type, name, Attribute.Class, 0, attr, true);
  }

  private put(
    ip: Interpreter,
    type: TypeSlots,
    name: Handle,
    kind: Attribute,
    values: number,
    what: number,
    ofClass = false,
  ): void {
    const version = typeVersion(ip, type);
    const key = ofClass ? ~version : version;
    const at = AttributeTable.at(key, name);
    const { words } = this;
    words[at] = key;
    words[at + 1] = name;
    words[at + 2] = kind | (values << ATTRIBUTE_BITS);
    words[at + 3] = what;
  }
}

const ENTRIES = 4096;

/** CALL of a class: its `__init__`, if that is a Python function and object's `__new__` makes the instances. */
export function cacheInit(ip: Interpreter, type: TypeSlots): void {
  const isPlain = ip.is(type.handle, ip.types.type) && entersInit(ip, type.handle);
  const init = typeLookup(ip, type, ip.id('__init__'));
  type.pythonInit = isPlain ? init : 0;
  const isException = hasPlainNew(type) && type.isHeapType && ip.is(type.handle, ip.types.type);
  type.exceptionInit = isException && ip.is(init, ip.types.function) ? init : 0;
  type.initVersion = typeVersion(ip, type);
}
