/**
 * What `copy` and `pickle` ask of built-in iterators: `__reduce__` and `__setstate__` (the C files of each; the names
 * of the functions there end in `_reduce` and `_setstate`). An exhausted one is reduced to an empty iterable.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getAttrString, getItem, isDict, isTrue, length, numberIndex } from './abstract';
import { dictGet } from './dict';
import { intFromNumber, intToBigInt } from './int';
import { currentBuiltins } from './interpreter-frame';
import { listFromIterable, newList } from './list';
import { nativeSelf, nativeMethod } from './method-object';
import { newObject } from './object';
import { rangeFromBigInts, rangeIteratorAdvance, rangeIteratorState } from './range';
import type { Runtime } from './runtime';
import { codePointLength, strFrom, strValue } from './str';
import { newTuple, tupleItems } from './tuple';
import type { TypeName } from './type-names';

type Methods = Record<string, MethodDef>;

/** `_PyEval_GetBuiltin`, from the running frame's builtins: new, or 0 with AttributeError. */
export function builtin(rt: Runtime, name: string): Handle {
  const builtins = currentBuiltins(rt);
  const key = rt.id(name);
  if (!isDict(rt, builtins)) {
    const item = getItem(rt, builtins, key);
    if (item !== 0 || !rt.errorMatches('KeyError')) return item;
    rt.clearError();
    return rt.raise('AttributeError', name);
  }
  // A key of the program's own may compare itself with the name, and do anything then.
  const found = dictGet(rt, builtins, key);
  if (found !== 0) return rt.newRef(found);
  return rt.currentException !== 0 ? 0 : rt.raise('AttributeError', name);
}

/** (callable, args[, state]); `callable`, the items of `args` and `state` are stolen. */
function reduced(rt: Runtime, callable: Handle, args: Handle[], state?: Handle): Handle {
  if (callable === 0) {
    for (const h of args) rt.decref(h);
    if (state !== undefined) rt.decref(state);
    return 0;
  }
  const parts = [callable, newTuple(rt, args)];
  return newTuple(rt, state === undefined ? parts : [...parts, state]);
}

const noargs = (fn: (rt: Runtime, h: Handle) => Handle): MethodDef => ({ kind: 'noargs', fn: fn as never });
/** A `__setstate__` that takes a number. */
const setIndex = (set: (rt: Runtime, h: Handle, n: number) => void): MethodDef => ({
  kind: 'o',
  fn: (rt: Runtime, h, state) => {
    const n = asIndex(rt, state, 'OverflowError');
    if (n === null) return 0;
    set(rt, h, n);
    return rt.None;
  },
});

const empties = {
  list: (rt: Runtime) => newList(rt, []),
  tuple: (rt: Runtime) => rt.emptyTuple,
  str: (rt: Runtime) => strFrom(rt, ''),
} as const;

/** Iterators of a sequence at `seq` (0 when exhausted) and an index. */
function sequence(
  seq: number,
  index: number,
  empty: keyof typeof empties,
  name: 'iter' | 'reversed' = 'iter',
  from = 0,
): Methods {
  return {
    __reduce__: noargs((rt, h) => {
      const callable = builtin(rt, name);
      const s = rt.mem[h + seq]!;
      if (s === 0 || rt.mem[h + index]! < 0) return reduced(rt, callable, [empties[empty](rt)]);
      return reduced(rt, callable, [rt.newRef(s)], intFromNumber(rt, rt.mem[h + index]!));
    }),
    __setstate__: setIndex((rt, h, n) => {
      const s = rt.mem[h + seq]!;
      if (s === 0) return;
      const last =
        name === 'reversed' ? length(rt, s) - 1 : empty === 'tuple' || empty === 'str' ? Infinity : length(rt, s);
      rt.heap.set(h + index, Math.min(Math.max(n, from), last, 0x7fffffff));
    }),
  };
}

/** Text is walked in UTF-16 units, told in characters. */
function strIterator(seq: number, unit: number): Methods {
  return {
    __reduce__: noargs((rt, h) => {
      const callable = builtin(rt, 'iter');
      if (callable === 0) return 0;
      const s = rt.mem[h + seq]!;
      if (s === 0) return reduced(rt, callable, [empties.str(rt)]);
      const at = codePointLength(strValue(rt, s).slice(0, rt.mem[h + unit]!));
      return reduced(rt, callable, [rt.newRef(s)], intFromNumber(rt, at));
    }),
    __setstate__: setIndex((rt, h, n) => {
      const s = rt.mem[h + seq]!;
      if (s === 0) return;
      const text = strValue(rt, s);
      let at = 0;
      for (let i = 0; i < n && at < text.length; i++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
      rt.heap.set(h + unit, at);
    }),
  };
}

/**
 * Iterators over tables tell what is left as a list, taken by a copy of the iterator.
 * @param owned words that hold references
 */
function byList(words: number, owned: readonly number[], pair = 0): Methods {
  return {
    __reduce__: noargs((rt, h) => {
      const copy = newObject(rt, rt.tp(h));
      for (let w = 2; w < 2 + words; w++) rt.heap.set(copy + w, rt.mem[h + w]!);
      for (const w of owned) if (rt.mem[copy + w] !== 0) rt.incref(rt.mem[copy + w]!);
      if (pair !== 0 && rt.mem[copy + pair] !== 0) rt.heap.set(copy + pair, newTuple(rt, [rt.None, rt.None]));
      rt.heap.gcTrack(copy);
      const list = listFromIterable(rt, copy);
      rt.decref(copy);
      return list === 0 ? 0 : reduced(rt, builtin(rt, 'iter'), [list]);
    }),
  };
}

const dictIterator = byList(5, [2], 5);

const rangeIterator: Methods = {
  __reduce__: noargs((rt, h) => {
    const { start, step, length } = rangeIteratorState(rt, h);
    const range = rangeFromBigInts(rt, start, start + step * length, step);
    return range === 0 ? 0 : reduced(rt, builtin(rt, 'iter'), [range], rt.None);
  }),
  __setstate__: {
    kind: 'o',
    fn: (rt: Runtime, h, state) => {
      const i = numberIndex(rt, state);
      if (i === 0) return 0;
      rangeIteratorAdvance(rt, h, intToBigInt(rt, i));
      rt.decref(i);
      return rt.None;
    },
  },
};

/** Where the objects of enumerate.ts and zip-map-filter.ts have their fields. */
const FIRST = 2;
const SECOND = 3;
const THIRD = 4;
const FOURTH = 5;

const refs = (rt: Runtime, items: Handle[]): Handle[] => items.map((h) => rt.newRef(h));
const ownType = (rt: Runtime, h: Handle): Handle => rt.newRef(rt.mem[h + 1]!);

const setStrict: MethodDef = {
  kind: 'o',
  fn: (rt: Runtime, h, state) => {
    const strict = isTrue(rt, state);
    if (strict < 0) return 0;
    rt.heap.set(h + THIRD, strict);
    return rt.None;
  },
};
const strictState = (rt: Runtime, h: Handle): Handle | undefined => (rt.mem[h + THIRD] === 0 ? undefined : rt.True);

export const iteratorPickling: Partial<Record<TypeName, Methods>> = {
  iterator: sequence(3, 2, 'tuple'),
  list_iterator: sequence(3, 2, 'list'),
  list_reverseiterator: sequence(3, 2, 'list', 'reversed', -1),
  tuple_iterator: sequence(3, 2, 'tuple'),
  str_iterator: strIterator(2, 3),
  str_ascii_iterator: strIterator(2, 3),
  bytes_iterator: sequence(2, 3, 'tuple'),
  bytearray_iterator: sequence(2, 3, 'tuple'),
  range_iterator: rangeIterator,
  longrange_iterator: rangeIterator,
  set_iterator: byList(4, [3]),
  dict_keyiterator: dictIterator,
  dict_valueiterator: dictIterator,
  dict_itemiterator: dictIterator,
  dict_reversekeyiterator: dictIterator,
  dict_reversevalueiterator: dictIterator,
  dict_reverseitemiterator: dictIterator,
  callable_iterator: {
    __reduce__: noargs((rt, h) => {
      const iter = builtin(rt, 'iter');
      if (iter === 0) return 0;
      const callable = rt.mem[h + FIRST]!;
      const sentinel = rt.mem[h + SECOND]!;
      if (callable === 0 || sentinel === 0) return reduced(rt, iter, [rt.emptyTuple]);
      return reduced(rt, iter, refs(rt, [callable, sentinel]));
    }),
  },
  enumerate: {
    __reduce__: noargs((rt, h) => {
      const long = rt.mem[h + FOURTH]!;
      const index = long !== 0 ? rt.newRef(long) : intFromNumber(rt, rt.mem[h + FIRST]!);
      return reduced(rt, ownType(rt, h), [rt.newRef(rt.mem[h + SECOND]!), index]);
    }),
  },
  reversed: {
    __reduce__: noargs((rt, h) => {
      const seq = rt.mem[h + SECOND]!;
      if (seq === 0) return reduced(rt, ownType(rt, h), [rt.emptyTuple]);
      return reduced(rt, ownType(rt, h), [rt.newRef(seq)], intFromNumber(rt, rt.mem[h + FIRST]!));
    }),
    __setstate__: setIndex((rt, h, n) => {
      const seq = rt.mem[h + SECOND]!;
      if (seq === 0) return;
      const size = length(rt, seq);
      if (size >= 0) rt.heap.set(h + FIRST, Math.max(-1, Math.min(n, size - 1)));
    }),
  },
  zip: {
    __reduce__: noargs((rt, h) =>
      reduced(rt, ownType(rt, h), refs(rt, tupleItems(rt, rt.mem[h + FIRST]!)), strictState(rt, h)),
    ),
    __setstate__: setStrict,
  },
  map: {
    __reduce__: noargs((rt, h) =>
      reduced(
        rt,
        ownType(rt, h),
        refs(rt, [rt.mem[h + SECOND]!, ...tupleItems(rt, rt.mem[h + FIRST]!)]),
        strictState(rt, h),
      ),
    ),
  },
  filter: {
    __reduce__: noargs((rt, h) => reduced(rt, ownType(rt, h), refs(rt, [rt.mem[h + FIRST]!, rt.mem[h + SECOND]!]))),
  },
};

/** A bound function is what `getattr` gives. */
function attributeOf(rt: Runtime, owner: Handle, name: string): Handle {
  return reduced(rt, builtin(rt, 'getattr'), [rt.newRef(owner), strFrom(rt, name)]);
}

/** A descriptor: its `__objclass__` and name. */
const ofItsClass: Methods = {
  __reduce__: noargs((rt, h) => {
    const [cls, name] = [getAttrString(rt, h, '__objclass__'), getAttrString(rt, h, '__name__')];
    return reduced(rt, builtin(rt, 'getattr'), [cls, name]);
  }),
};
const ofItsSelf: Methods = {
  __reduce__: noargs((rt, h) => {
    const [owner, name] = [getAttrString(rt, h, '__self__'), getAttrString(rt, h, '__name__')];
    return reduced(rt, builtin(rt, 'getattr'), [owner, name]);
  }),
};

const functionPickling: Partial<Record<TypeName, Methods>> = {
  builtin_function_or_method: {
    __reduce__: noargs((rt, h) => {
      const owner = nativeSelf(rt, h);
      const { name } = nativeMethod(rt, h);
      return owner === 0 || rt.is(owner, rt.types.module) ? strFrom(rt, name) : attributeOf(rt, owner, name);
    }),
  },
  method: {
    __reduce__: noargs((rt, h) => {
      const [owner, name] = [getAttrString(rt, h, '__self__'), getAttrString(rt, h, '__name__')];
      if (owner === 0 || name === 0) {
        rt.xdecref(owner);
        return 0;
      }
      return reduced(rt, builtin(rt, 'getattr'), [owner, name]);
    }),
  },
  'method-wrapper': ofItsSelf,
  method_descriptor: ofItsClass,
  wrapper_descriptor: ofItsClass,
};

/** 3.14's map has `strict` and with it a state. */
export function picklingFor(rt: Runtime, name: TypeName): Methods | undefined {
  const methods = iteratorPickling[name] ?? functionPickling[name];
  return name === 'map' && rt.facts.name !== '3.13' ? { ...methods, __setstate__: setStrict } : methods;
}
