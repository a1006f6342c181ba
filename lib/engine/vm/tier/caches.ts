/**
 * What inline caches remember. An instruction has a few words in the function's table: the first is the version of a
 * type or of a table of keys (never 0 where something is cached), the others say where to go while that version stands.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type TypeSlots } from '../../heap/object';
import { DICT_KEYS } from '../../objects/dict';
import { MISSING, entriesOf, ENTRY_SHIFT, ENTRY_VALUE, keysVersion, lookup } from '../../objects/dict-keys';
import { genericGetAttr, genericSetAttr } from '../../objects/generic-attr';
import { F_BUILTINS, F_GLOBALS, F_LOCALS } from '../../objects/interpreter-frame';
import { strHash } from '../../objects/str';
import { typeLookup, typeVersion } from '../../objects/type-lookup';
import { entersInit } from '../bytecodes/specialize';
import type { Interpreter } from '../interpreter';

/** An instruction that sees many types is not worth more tries. */
const MAX_TRIES = 20;
function mayTry(ic: Int32Array, counter: number): boolean {
  ic[counter] = ic[counter]! + 1;
  return ic[counter]! < MAX_TRIES;
}

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

function attributeSlot(ip: Interpreter, type: TypeSlots, name: Handle): number {
  const descr = typeLookup(ip, type, name);
  if (descr !== 0 && ip.tp(descr).tp_descr_set !== null) return -1;
  return type.dictoffset !== 0 && type.valuesoffset !== 0 ? (type.cachedIndex.get(name) ?? -1) : -1;
}

/** LOAD_ATTR: version of the type, offset of its instances' values, position of this one. */
export function cacheAttribute(ip: Interpreter, ic: Int32Array, at: number, obj: Handle, name: Handle): void {
  if (!mayTry(ic, at + 3)) return;
  const type = ip.tp(obj);
  if (type.tp_getattro !== (genericGetAttr as typeof type.tp_getattro) || ip.mem[name]! >= 0) return;
  const i = attributeSlot(ip, type, name);
  if (i < 0) return;
  ic[at + 1] = type.valuesoffset;
  ic[at + 2] = i;
  ic[at] = typeVersion(ip, type);
}

/** STORE_ATTR: the same. */
export function cacheStoreAttribute(ip: Interpreter, ic: Int32Array, at: number, obj: Handle, name: Handle): void {
  if (!mayTry(ic, at + 3)) return;
  const type = ip.tp(obj);
  if (type.tp_setattro !== (genericSetAttr as typeof type.tp_setattro) || ip.mem[name]! >= 0) return;
  const i = attributeSlot(ip, type, name);
  if (i < 0) return;
  ic[at + 1] = type.valuesoffset;
  ic[at + 2] = i;
  ic[at] = typeVersion(ip, type);
}

/** LOAD_ATTR for a call: version of the type, the method, offset of the instances' values or 0 if they have none. */
export function cacheMethod(ip: Interpreter, ic: Int32Array, at: number, obj: Handle, name: Handle): void {
  if (!mayTry(ic, at + 3)) return;
  const type = ip.tp(obj);
  if (type.tp_getattro !== (genericGetAttr as typeof type.tp_getattro) || ip.mem[name]! >= 0) return;
  const descr = typeLookup(ip, type, name);
  if (descr === 0 || (ip.tp(descr).flags & TPFLAGS.METHOD_DESCRIPTOR) === 0) return;
  if (type.dictoffset !== 0 && (type.valuesoffset === 0 || type.cachedIndex.has(name))) return;
  ic[at + 1] = descr;
  ic[at + 2] = type.dictoffset === 0 ? 0 : type.valuesoffset;
  ic[at] = typeVersion(ip, type);
}

/** CALL of a class whose `__init__` is a Python function of positional parameters: version of the class, `__init__`. */
export function cacheInit(ip: Interpreter, ic: Int32Array, at: number, callable: Handle): void {
  if (!mayTry(ic, at + 2)) return;
  if (!ip.is(callable, ip.types.type) || !entersInit(ip, callable)) return;
  const type = ip.slotsOfType(callable);
  ic[at + 1] = typeLookup(ip, type, ip.id('__init__'));
  ic[at] = typeVersion(ip, type);
}
