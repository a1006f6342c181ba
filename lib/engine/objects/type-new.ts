/** `type(name, bases, namespace)`: making a class (Objects/typeobject.c, `type_new`). */
import { MANAGED_DICT, MANAGED_WEAKLIST, OB_TYPE, type Handle } from '../heap/layout';
import { TPFLAGS, Traversal, TypeSlots } from '../heap/object';
import { getOptionalAttr, isDict, isStr, isTuple, isType, sequenceList, typeName } from './abstract';
import { setCell } from './cell';
import { encodeText } from './codecs';
import { newGetSet, newMember } from './descr';
import { dictDel, dictGetKnown, dictItemsArray, dictKeysArray, dictSet, dictCopy } from './dict';
import { SHARED_KEYS_MAX, materializeDict, replaceDict } from './dict-values';
import { newClassMethod, newStaticMethod } from './funcobject';
import { checkPositional } from './getargs';
import { listAppend, listItems, newList } from './list';
import { computeMro } from './mro';
import { newObject } from './object';
import type { Runtime } from './runtime';
import { callSpecial } from './slotdefs';
import { StrKind, strKind, strValue } from './str';
import { nativeBase, subtypeClear, subtypeDealloc, subtypeLedger, subtypeTraverse } from './subtype';
import { newTuple, tupleItems } from './tuple';
import {
  HT_NAME,
  HT_QUALNAME,
  HT_SLOTS,
  TP_BASE,
  TP_BASES,
  TP_DICT,
  TP_MRO,
  isSubtype,
  typeLookup,
} from './type-lookup';
import { SUBCLASS_FLAGS, bindType, setBlockFlags, updateSlots } from './type-ready';
import { addSubclass } from './type-subclasses';
import { superInitSubclass } from './super';
import { WR_OBJECT } from './weakref-list';

/** `_PyType_CalculateMetaclass`: the most derived metatype, borrowed; 0 with TypeError. */
export function calculateMetaclass(rt: Runtime, metatype: Handle, bases: Handle[]): Handle {
  let winner = metatype;
  for (const base of bases) {
    const t = rt.mem[base + 1]!;
    if (isSubtype(rt, rt.slotsOfType(winner), rt.slotsOfType(t))) continue;
    if (isSubtype(rt, rt.slotsOfType(t), rt.slotsOfType(winner))) {
      winner = t;
      continue;
    }
    return rt.raise(
      'TypeError',
      'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
    );
  }
  return winner;
}

/** `solid_base`: the nearest type that adds to the layout of instances. */
function solidBase(type: TypeSlots): TypeSlots {
  const base = type.base;
  if (base === null) return type;
  return type.words !== base.words || (!type.isPythonClass && type.tp_new !== base.tp_new && type.words > 0)
    ? type
    : solidBase(base);
}

/** `best_base`: the base whose layout the class continues; null with TypeError. */
export function bestBase(rt: Runtime, bases: Handle[]): TypeSlots | null {
  let winner: TypeSlots | null = null;
  let best: TypeSlots | null = null;
  for (const b of bases) {
    if (!isType(rt, b)) {
      rt.raise('TypeError', 'bases must be types');
      return null;
    }
    const base = rt.slotsOfType(b);
    if ((base.flags & TPFLAGS.BASETYPE) === 0) {
      rt.raise('TypeError', `type '${base.name}' is not an acceptable base type`);
      return null;
    }
    const candidate = solidBase(base);
    if (winner === null || (isSubtype(rt, candidate, winner) && candidate !== winner)) {
      winner = candidate;
      best = base;
    } else if (!isSubtype(rt, winner, candidate)) {
      rt.raise('TypeError', 'multiple bases have instance lay-out conflict');
      return null;
    }
  }
  return best;
}

/** `type.__new__`. */
export function typeNew(rt: Runtime, metatype: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const npos = args.length - (kwnames?.length ?? 0);
  if (!checkPositional(rt, 'type.__new__', npos, 3, 3)) return 0;
  const [name, basesArg, namespace] = args as [Handle, Handle, Handle];
  for (const [i, what, ok] of [
    [1, 'str', isStr(rt, name)],
    [2, 'tuple', isTuple(rt, basesArg)],
    [3, 'dict', isDict(rt, namespace)],
  ] as const) {
    if (!ok)
      return rt.raise('TypeError', `type.__new__() argument ${i} must be ${what}, not ${typeName(rt, args[i - 1]!)}`);
  }
  const bases = [...tupleItems(rt, basesArg)];
  if (bases.length > 0) {
    for (const b of bases) {
      if (isType(rt, b)) continue;
      const entries = getOptionalAttr(rt, b, rt.id('__mro_entries__'));
      if (rt.currentException !== 0) return 0;
      if (entries !== 0) {
        rt.decref(entries);
        return rt.raise('TypeError', "type() doesn't support MRO entry resolution; use types.new_class()");
      }
    }
  }
  const winner = calculateMetaclass(rt, metatype, bases);
  if (winner === 0) return 0;
  if (winner !== metatype) {
    const winnerNew = rt.slotsOfType(winner).tp_new;
    if (winnerNew !== rt.slotsOfType(metatype).tp_new) return winnerNew!(rt, winner, args, kwnames);
    metatype = winner;
  }
  const owned = bases.length === 0 ? newTuple(rt, [rt.types.object.handle]) : rt.newRef(basesArg);
  const base = bestBase(rt, tupleItems(rt, owned));
  const cls = base === null ? 0 : makeClass(rt, metatype, name, owned, base, namespace, args.slice(3), kwnames);
  rt.decref(owned);
  return cls;
}

/** `PyUnicode_AsUTF8`: false with UnicodeEncodeError for a lone surrogate. */
export function encodable(rt: Runtime, text: Handle): boolean {
  // Only texts of wide characters are looked at: the first such look takes V8 five milliseconds, and boot makes a class.
  const kind = strKind(rt, text);
  if (kind <= StrKind.Latin1) return true;
  const value = strValue(rt, text);
  return !/[\ud800-\udfff]/u.test(value) || encodeText(rt, text, value, kind, 'utf-8', 'strict') !== null;
}

function makeClass(
  rt: Runtime,
  metatype: Handle,
  name: Handle,
  basesTuple: Handle,
  base: TypeSlots,
  namespace: Handle,
  kwvalues: Handle[],
  kwnames: Handle[] | null,
): Handle {
  const { heap } = rt;
  if (!encodable(rt, name)) return 0;
  if (strValue(rt, name).includes('\0')) return rt.raise('ValueError', 'type name must not contain null characters');
  const doc = dictGetKnown(rt, namespace, rt.id('__doc__'));
  if (doc !== 0 && isStr(rt, doc) && !encodable(rt, doc)) return 0;
  const type = new TypeSlots(strValue(rt, name));
  const meta = rt.slotsOfType(metatype);
  const h = newObject(rt, meta);
  bindType(rt, type, h);
  type.flags = TPFLAGS.HEAPTYPE | TPFLAGS.BASETYPE | TPFLAGS.HAVE_GC | (base.flags & SUBCLASS_FLAGS);
  type.base = base;
  type.words = base.words;
  type.basicsize = base.basicsize;
  type.itemsize = base.itemsize;
  type.dictoffset = base.dictoffset;
  type.weaklistoffset = base.weaklistoffset;
  heap.set(h + HT_NAME, rt.newRef(name));
  heap.set(h + TP_BASE, rt.newRef(base.handle));
  const bases = [...tupleItems(rt, basesTuple)];
  heap.set(h + TP_BASES, rt.newRef(basesTuple));
  heap.set(h + TP_DICT, dictCopy(rt, namespace));
  if (dictKeysArray(rt, namespace).some((key) => !isStr(rt, key))) {
    const text = `non-string key in the __dict__ of class ${type.name}`;
    if (!rt.warn('RuntimeWarning', text)) {
      rt.decref(h);
      return 0;
    }
  }
  heap.gcTrack(h);
  if (!setNames(rt, h, name) || !addSlots(rt, type, h, bases) || !ready(rt, type, h, bases)) {
    rt.decref(h);
    return 0;
  }
  updateSlots(rt, type);
  if (!setDescriptorNames(rt, h, type) || superInitSubclass(rt, h, kwvalues, kwnames) < 0) {
    rt.decref(h);
    return 0;
  }
  return h;
}

function dictOf(rt: Runtime, h: Handle): Handle {
  return rt.mem[h + TP_DICT]!;
}

/** `__module__`, `__qualname__`, `__new__` and friends, `__classcell__`. */
function setNames(rt: Runtime, h: Handle, name: Handle): boolean {
  const dict = dictOf(rt, h);
  if (dictGetKnown(rt, dict, rt.id('__module__')) === 0) {
    const globals = rt.currentGlobals();
    const module = globals === 0 ? 0 : dictGetKnown(rt, globals, rt.id('__name__'));
    if (module !== 0) dictSet(rt, dict, rt.id('__module__'), module);
  }
  const qualname = dictGetKnown(rt, dict, rt.id('__qualname__'));
  if (qualname !== 0 && !isStr(rt, qualname)) {
    rt.raise('TypeError', `type __qualname__ must be a str, not ${typeName(rt, qualname)}`);
    return false;
  }
  rt.heap.set(h + HT_QUALNAME, rt.newRef(qualname === 0 ? name : qualname));
  if (qualname !== 0) dictDel(rt, dict, rt.id('__qualname__'));
  wrapFunction(rt, dict, '__new__', newStaticMethod);
  wrapFunction(rt, dict, '__init_subclass__', newClassMethod);
  wrapFunction(rt, dict, '__class_getitem__', newClassMethod);
  const cell = dictGetKnown(rt, dict, rt.id('__classcell__'));
  if (cell !== 0) {
    if (!rt.is(cell, rt.types.cell)) {
      rt.raise(
        'TypeError',
        `type.__new__() argument __classcell__ must be a nonlocal cell, not <class '${typeName(rt, cell)}'>`,
      );
      return false;
    }
    setCell(rt, cell, rt.newRef(h));
    dictDel(rt, dict, rt.id('__classcell__'));
  }
  // Annotation scopes look names up in the class through this cell (PEP 649, `type_new_set_classdictcell`).
  const classdict = dictGetKnown(rt, dict, rt.id('__classdictcell__'));
  if (classdict !== 0 && rt.is(classdict, rt.types.cell)) {
    setCell(rt, classdict, rt.newRef(dict));
    dictDel(rt, dict, rt.id('__classdictcell__'));
  }
  return true;
}

function wrapFunction(rt: Runtime, dict: Handle, name: string, wrap: (rt: Runtime, f: Handle) => Handle): void {
  const f = dictGetKnown(rt, dict, rt.id(name));
  if (f === 0 || !rt.is(f, rt.types.function)) return;
  const wrapped = wrap(rt, f);
  dictSet(rt, dict, rt.id(name), wrapped);
  rt.decref(wrapped);
}

/** `__slots__`, and room for `__dict__` and weak references. */
function addSlots(rt: Runtime, type: TypeSlots, h: Handle, bases: Handle[]): boolean {
  const slots = dictGetKnown(rt, dictOf(rt, h), rt.id('__slots__'));
  let addDict = type.dictoffset === 0;
  let addWeak = type.weaklistoffset === 0 && type.itemsize === 0;
  if (slots !== 0) {
    const names = slotNames(rt, slots, addDict, addWeak);
    if (names === null) return false;
    const parents = bases.map((b) => rt.slotsOfType(b));
    addDict = addDict && (names.includes('__dict__') || parents.slice(1).some((p) => p.dictoffset !== 0));
    addWeak = addWeak && (names.includes('__weakref__') || parents.slice(1).some((p) => p.weaklistoffset !== 0));
    const members = names
      .filter((n) => n !== '__dict__' && n !== '__weakref__')
      .map((n) => mangle(type.name, n))
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    if (members.length > 0 && type.itemsize !== 0) {
      rt.raise('TypeError', `nonempty __slots__ not supported for subtype of '${type.base!.name}'`);
      return false;
    }
    for (const member of members) {
      const id = rt.id(member);
      if (dictGetKnown(rt, dictOf(rt, h), id) !== 0) {
        rt.raise('ValueError', `'${member}' in __slots__ conflicts with class variable`);
        return false;
      }
      type.slotMembers.push({ name: id, word: 2 + type.words++ });
      type.basicsize += 8;
    }
    rt.heap.set(
      h + HT_SLOTS,
      newTuple(
        rt,
        members.map((m) => rt.newRef(rt.id(m))),
      ),
    );
  }
  if (addDict) {
    type.dictoffset = MANAGED_DICT;
    type.flags |= TPFLAGS.MANAGED_DICT;
  }
  if (addWeak) {
    type.weaklistoffset = MANAGED_WEAKLIST;
    type.flags |= TPFLAGS.MANAGED_WEAKREF;
  }
  return true;
}

function slotNames(rt: Runtime, slots: Handle, mayDict: boolean, mayWeak: boolean): string[] | null {
  const list = isStr(rt, slots) ? newList(rt, [rt.newRef(slots)]) : sequenceList(rt, slots);
  if (list === 0) return null;
  const names: string[] = [];
  for (const item of listItems(rt, list)) {
    if (!isStr(rt, item)) {
      rt.raise('TypeError', `__slots__ items must be strings, not '${typeName(rt, item)}'`);
      break;
    }
    const text = strValue(rt, item);
    if (!/^[_\p{XID_Start}]\p{XID_Continue}*$/u.test(text)) {
      rt.raise('TypeError', '__slots__ must be identifiers');
      break;
    }
    if (text === '__dict__' && !mayDict) {
      rt.raise('TypeError', '__dict__ slot disallowed: we already got one');
      break;
    }
    if (text === '__weakref__' && !mayWeak) {
      rt.raise('TypeError', '__weakref__ slot disallowed: we already got one');
      break;
    }
    if (text === '__dict__') mayDict = false;
    if (text === '__weakref__') mayWeak = false;
    names.push(text);
  }
  rt.decref(list);
  return rt.currentException !== 0 ? null : names;
}

/** `_Py_Mangle`. */
function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name;
  const stripped = className.replace(/^_+/, '');
  return stripped === '' ? name : `_${stripped}${name}`;
}

/** `PyType_Ready` for a class: members, getsets, doc, mro, flags. */
function ready(rt: Runtime, type: TypeSlots, h: Handle, bases: Handle[]): boolean {
  const { heap } = rt;
  const dict = dictOf(rt, h);
  const base = type.base!;
  const mro = mroOf(rt, h, bases);
  if (mro === null) return false;
  // A custom mro() may have set the bases, and with them the order (`mro_internal`).
  if (rt.mem[h + TP_MRO] === 0) {
    heap.set(
      h + TP_MRO,
      newTuple(
        rt,
        mro.map((t) => rt.newRef(t)),
      ),
    );
  }
  // `inherit_patma_flags`: the first that is one says whether it is a sequence or a mapping to `match`.
  for (const t of mro) {
    const kind = rt.slotsOfType(t).flags & (TPFLAGS.SEQUENCE | TPFLAGS.MAPPING);
    if ((type.flags & (TPFLAGS.SEQUENCE | TPFLAGS.MAPPING)) === 0) type.flags |= kind;
  }
  for (const { name, word } of type.slotMembers) put(rt, dict, name, newMember(rt, h, name, word));
  if (type.dictoffset !== 0 && base.dictoffset === 0) {
    putNew(rt, dict, rt.id('__dict__'), newGetSet(rt, h, rt.id('__dict__'), INSTANCE_DICT));
  }
  if (type.weaklistoffset !== 0 && base.weaklistoffset === 0) {
    putNew(rt, dict, rt.id('__weakref__'), newGetSet(rt, h, rt.id('__weakref__'), INSTANCE_WEAKREF));
  }
  if (dictGetKnown(rt, dict, rt.id('__doc__')) === 0) dictSet(rt, dict, rt.id('__doc__'), rt.None);
  if (dictGetKnown(rt, dict, rt.id('__eq__')) !== 0 && dictGetKnown(rt, dict, rt.id('__hash__')) === 0) {
    dictSet(rt, dict, rt.id('__hash__'), rt.None);
  }
  type.flags |= base.flags & (TPFLAGS.MANAGED_DICT | TPFLAGS.MANAGED_WEAKREF);
  setBlockFlags(type);
  for (const b of bases) addSubclass(rt, rt.slotsOfType(b), type);
  if (type.dictoffset === MANAGED_DICT) {
    type.cachedKeys = [];
    type.sharedUsable = SHARED_KEYS_MAX;
    // `type_ready_managed_dict`: 3.13 asks that nothing else lies in an instance.
    if (rt.facts.inlineBehindFields ? type.itemsize === 0 : type.words === 0) {
      type.valuesoffset = 2 + type.words;
      type.flags |= TPFLAGS.INLINE_VALUES;
    }
    type.ownsOnlyAttributes = type.words === 0 && nativeBase(type).base === null;
  }
  type.tp_dealloc = subtypeDealloc as TypeSlots['tp_dealloc'];
  type.tp_traverse = subtypeTraverse as TypeSlots['tp_traverse'];
  if (type.ownsOnlyAttributes) type.traversal = Traversal.Attributes;
  else if (type.dictoffset === 0 && nativeBase(type).base === null) {
    type.traversal = Traversal.Words;
    type.traversedWords = memberWords(type);
    type.traversesType = true;
    type.ownsOnlySlots = true;
  }
  type.tp_ledger = subtypeLedger as TypeSlots['tp_ledger'];
  type.tp_clear = subtypeClear as TypeSlots['tp_clear'];
  return true;
}

/** What an instance of a class of slots refers to beside the class, in the order of `subtype_traverse`. */
function memberWords(type: TypeSlots): number[] {
  const words: number[] = [];
  for (let t = type; t.isPythonClass; t = t.base!) for (const member of t.slotMembers) words.push(member.word);
  return words;
}

export function mroOf(rt: Runtime, h: Handle, bases: Handle[]): Handle[] | null {
  const metatype = rt.tp(h);
  const custom = metatype === rt.types.type ? 0 : typeLookup(rt, metatype, rt.id('mro'));
  if (custom === 0 || rt.is(custom, rt.types.method_descriptor)) {
    const mro = computeMro(rt, h, bases);
    if (mro === null || bases.length === 1) return mro;
    // `pmerge` gathers them in a list.
    const list = newList(rt, []);
    for (const t of mro) listAppend(rt, list, t);
    rt.decref(list);
    return mro;
  }
  const r = callSpecial(rt, h, 'mro', []);
  if (r === 0) return null;
  const list = sequenceList(rt, r);
  rt.decref(r);
  if (list === 0) return null;
  const items = listItems(rt, list);
  rt.decref(list);
  return checkMro(rt, h, items) ? items : null;
}

/** `mro_check`: what a custom `mro()` gives must be classes that the layout has room for. */
function checkMro(rt: Runtime, h: Handle, items: readonly Handle[]): boolean {
  const solid = solidBase(rt.slotsOfType(h));
  for (const item of items) {
    if (!isType(rt, item)) {
      rt.raise('TypeError', `mro() returned a non-class ('${typeName(rt, item)}')`);
      return false;
    }
    const base = rt.slotsOfType(item);
    if (!isSubtype(rt, solid, solidBase(base))) {
      rt.raise('TypeError', `mro() returned base with unsuitable layout ('${base.name}')`);
      return false;
    }
  }
  return true;
}

/** `type_add_getset`: what the class's body has set stays. */
function putNew(rt: Runtime, dict: Handle, name: Handle, value: Handle): void {
  if (dictGetKnown(rt, dict, name) === 0) dictSet(rt, dict, name, value);
  rt.decref(value);
}

function put(rt: Runtime, dict: Handle, name: Handle, value: Handle): void {
  dictSet(rt, dict, name, value);
  rt.decref(value);
}

/**
 * The descriptor for `__dict__` of the built-in base that has one (`get_builtin_base_with_dict`), where a plain class
 * stands before it among the bases; borrowed, or 0.
 */
function builtinDict(rt: Runtime, h: Handle): Handle {
  for (let t = rt.tp(h); t.base !== null; t = t.base) {
    if (!t.isHeapType && (t.dictoffset !== 0 || t === rt.types.type)) return typeLookup(rt, t, rt.id('__dict__'));
  }
  return 0;
}

const INSTANCE_DICT = {
  get: (rt: Runtime, h: Handle) => {
    const descr = builtinDict(rt, h);
    if (descr !== 0) return rt.tp(descr).tp_descr_get!(rt, descr, h, rt.mem[h + OB_TYPE]!);
    return rt.newRef(materializeDict(rt, h, rt.tp(h)));
  },
  set: (rt: Runtime, h: Handle, value: Handle) => {
    const descr = builtinDict(rt, h);
    if (descr !== 0) return rt.tp(descr).tp_descr_set!(rt, descr, h, value);
    if (value !== 0 && !isDict(rt, value)) {
      return rt.raiseInt('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(rt, value)}'`);
    }
    replaceDict(rt, h, rt.tp(h), value);
    return 0;
  },
  doc: 'dictionary for instance variables',
};

const INSTANCE_WEAKREF = {
  get: (rt: Runtime, h: Handle) => {
    const head = rt.mem[h + rt.tp(h).weaklistoffset]!;
    return head === 0 || rt.mem[head + WR_OBJECT] === 0 ? rt.None : rt.newRef(head);
  },
  doc: 'list of weak references to the object',
};

/** `type_new_set_names`. */
function setDescriptorNames(rt: Runtime, h: Handle, type: TypeSlots): boolean {
  // The class may be changed meanwhile: a copy is walked.
  const names = dictCopy(rt, dictOf(rt, h));
  for (const [name, value] of dictItemsArray(rt, names)) {
    const f = typeLookup(rt, rt.tp(value), rt.id('__set_name__'));
    if (f === 0) continue;
    const bind = rt.tp(f).tp_descr_get;
    const setName = bind === null ? rt.newRef(f) : bind(rt, f, value, rt.tp(value).handle);
    const r = setName === 0 ? 0 : rt.call(setName, [h, name]);
    rt.xdecref(setName);
    if (r === 0) {
      rt.addNote(
        `Error calling __set_name__ on '${typeName(rt, value)}' instance '${strValue(rt, name)}' in '${type.name}'`,
      );
      rt.decref(names);
      return false;
    }
    rt.decref(r);
  }
  rt.decref(names);
  return true;
}
