/** The module _heapq (Modules/_heapqmodule.c): a list as a heap, the smallest item first, or the largest. */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef } from '../heap/object';
import { isList, richCompareBool, typeName } from '../objects/abstract';
import { LIST_ITEMS, listAppend, listAssignSlice, listItem, listSize } from '../objects/list';
import { addToModule } from '../objects/module';
import type { Runtime } from '../objects/runtime';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** Above this many items heapify takes an order that is kind to a cache. */
const CACHE_FRIENDLY = 2500;

/** Does `a` belong above `b`? 1, 0, -1. */
function above(rt: Runtime, a: Handle, b: Handle, max: boolean): number {
  return max ? richCompareBool(rt, b, a, CompareOp.LT) : richCompareBool(rt, a, b, CompareOp.LT);
}

function swap(rt: Runtime, heap: Handle, i: number, k: number): void {
  const items = rt.mem[heap + LIST_ITEMS]!;
  const item = rt.mem[items + i]!;
  rt.heap.set(items + i, rt.mem[items + k]!);
  rt.heap.set(items + k, item);
}

/** Compares two items of a list of `size`, held meanwhile: 1, 0, -1. */
function compareAt(rt: Runtime, heap: Handle, size: number, i: number, k: number, max: boolean): number {
  const a = rt.newRef(listItem(rt, heap, i));
  const b = rt.newRef(listItem(rt, heap, k));
  const r = above(rt, a, b, max);
  rt.decref(a);
  rt.decref(b);
  if (r < 0) return -1;
  return listSize(rt, heap) === size ? r : rt.raiseInt('RuntimeError', 'list changed size during iteration');
}

/** `siftdown`: an item moves towards the root until its parent belongs above it. 0 or -1. */
function siftDown(rt: Runtime, heap: Handle, start: number, pos: number, max: boolean): number {
  const size = listSize(rt, heap);
  if (pos >= size) return rt.raiseInt('IndexError', 'index out of range');
  while (pos > start) {
    const parent = (pos - 1) >> 1;
    const r = compareAt(rt, heap, size, pos, parent, max);
    if (r < 0) return -1;
    if (r === 0) break;
    swap(rt, heap, pos, parent);
    pos = parent;
  }
  return 0;
}

/** `siftup`: the better child moves up until there is none, then the item finds its place. 0 or -1. */
function siftUp(rt: Runtime, heap: Handle, pos: number, max: boolean): number {
  const size = listSize(rt, heap);
  const start = pos;
  if (pos >= size) return rt.raiseInt('IndexError', 'index out of range');
  const limit = size >> 1;
  while (pos < limit) {
    let child = 2 * pos + 1;
    if (child + 1 < size) {
      // The minimum's heap asks the left child, the maximum's the right one.
      const r = compareAt(rt, heap, size, child, child + 1, max);
      if (r < 0) return -1;
      if (r === 0) child++;
    }
    swap(rt, heap, child, pos);
    pos = child;
  }
  return siftDown(rt, heap, start, pos, max);
}

function push(rt: Runtime, heap: Handle, item: Handle, max: boolean): Handle {
  listAppend(rt, heap, item);
  return siftDown(rt, heap, 0, listSize(rt, heap) - 1, max) < 0 ? 0 : rt.None;
}

function pop(rt: Runtime, heap: Handle, max: boolean): Handle {
  const n = listSize(rt, heap);
  if (n === 0) return rt.raise('IndexError', 'index out of range');
  const last = rt.newRef(listItem(rt, heap, n - 1));
  listAssignSlice(rt, heap, n - 1, n, 0);
  if (n === 1) return last;
  return replaceTop(rt, heap, last, max);
}

/** Puts an item (stolen) in the place of the root: the old root, new, or 0. */
function replaceTop(rt: Runtime, heap: Handle, item: Handle, max: boolean): Handle {
  const top = listItem(rt, heap, 0);
  rt.heap.set(rt.mem[heap + LIST_ITEMS]!, item);
  if (siftUp(rt, heap, 0, max) === 0) return top;
  rt.decref(top);
  return 0;
}

function replace(rt: Runtime, heap: Handle, item: Handle, max: boolean): Handle {
  if (listSize(rt, heap) === 0) return rt.raise('IndexError', 'index out of range');
  return replaceTop(rt, heap, rt.newRef(item), max);
}

function pushPop(rt: Runtime, heap: Handle, item: Handle, max: boolean): Handle {
  if (listSize(rt, heap) === 0) return rt.newRef(item);
  const top = rt.newRef(listItem(rt, heap, 0));
  const r = above(rt, top, item, max);
  rt.decref(top);
  if (r < 0) return 0;
  return r === 0 ? rt.newRef(item) : replace(rt, heap, item, max);
}

/** The inner nodes in the order in which they are sifted. */
function* innerNodes(n: number): Iterable<number> {
  const m = n >> 1;
  if (n <= CACHE_FRIENDLY) {
    for (let i = m - 1; i >= 0; i--) yield i;
    return;
  }
  const leftmost = (1 << (31 - Math.clz32(m + 1))) - 1;
  const ranges = [
    [leftmost - 1, m >> 1],
    [m - 1, leftmost],
  ] as const;
  for (const [from, to] of ranges) {
    for (let i = from; i >= to; i--) {
      for (let k = i; ; k >>= 1) {
        yield k;
        if ((k & 1) === 0) break;
      }
    }
  }
}

function heapify(rt: Runtime, heap: Handle, max: boolean): Handle {
  for (const i of innerNodes(listSize(rt, heap))) if (siftUp(rt, heap, i, max) < 0) return 0;
  return rt.None;
}

// ---- the module -------------------------------------------------------------------------------------------------------------

function ofList(name: string, fn: (rt: Runtime, heap: Handle, item: Handle) => Handle, doc: string): MethodDef {
  return {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (rt: Runtime, _m, [heap, item]) =>
      isList(rt, heap!)
        ? fn(rt, heap!, item!)
        : rt.raise('TypeError', `${name}() argument 1 must be list, not ${typeName(rt, heap!)}`),
    doc,
  };
}
function ofListOnly(name: string, fn: (rt: Runtime, heap: Handle) => Handle, doc: string): MethodDef {
  return {
    kind: 'o',
    fn: (rt: Runtime, _m, heap) =>
      isList(rt, heap)
        ? fn(rt, heap)
        : rt.raise('TypeError', `${name}() argument must be list, not ${typeName(rt, heap)}`),
    doc,
  };
}

const METHODS: Record<string, MethodDef> = {
  heappush: ofList('heappush', (rt, h, x) => push(rt, h, x, false), 'Adds an item to a heap.'),
  heappushpop: ofList('heappushpop', (rt, h, x) => pushPop(rt, h, x, false), 'Adds an item, then takes the smallest.'),
  heappop: ofListOnly('heappop', (rt, h) => pop(rt, h, false), 'Takes the smallest item.'),
  heapreplace: ofList('heapreplace', (rt, h, x) => replace(rt, h, x, false), 'Takes the smallest, then adds an item.'),
  heapify: ofListOnly('heapify', (rt, h) => heapify(rt, h, false), 'Makes a list a heap.'),
};

function maxMethods(prefix: string, suffix: string): Record<string, MethodDef> {
  const name = (of: string) => `${prefix}${of}${suffix}`;
  const all: Record<string, MethodDef> = {
    [name('heappop')]: ofListOnly(name('heappop'), (rt, h) => pop(rt, h, true), 'Takes the largest item.'),
    [name('heapreplace')]: ofList(name('heapreplace'), (rt, h, x) => replace(rt, h, x, true), 'For a max-heap.'),
    [name('heapify')]: ofListOnly(name('heapify'), (rt, h) => heapify(rt, h, true), 'Makes a list a max-heap.'),
  };
  if (prefix === '') {
    all.heappush_max = ofList('heappush_max', (rt, h, x) => push(rt, h, x, true), 'For a max-heap.');
    all.heappushpop_max = ofList('heappushpop_max', (rt, h, x) => pushPop(rt, h, x, true), 'For a max-heap.');
  }
  return all;
}

export const heapqModule: NativeModule = {
  name: '_heapq',
  methods: METHODS,
  ready(ip: Interpreter, module: Handle) {
    // Before 3.14 the functions for a max-heap were private.
    addToModule(ip, module, ip.facts.name === '3.13' ? maxMethods('_', '_max') : maxMethods('', '_max'));
  },
};
