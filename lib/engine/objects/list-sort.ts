/**
 * The sort of lists (Objects/listobject.c; Objects/listsort.txt explains it): a stable merge sort that looks for runs,
 * decides by the powersort rule which to merge, and gallops where one run wins again and again. The order of the
 * comparisons is CPython's: programs see it.
 *
 * Keys and values move together. An exception of a comparison ends the sort at once; what is lost is only the order.
 */
import { OB_TYPE, type Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import { richCompareBool } from './abstract';
import { floatValue } from './float';
import { INT_LEAF, INT_VALUE, isInt32 } from './int';
import { LIST_ALLOCATED, LIST_ITEMS, LIST_SIZE } from './list';
import type { Runtime } from './runtime';
import { StrKind, strKind, strValue } from './str';

const MIN_GALLOP = 7;
const MAX_MINRUN = 64;
/** Positions that fit behind an int of 32 bits in a double. */
const MOST_PACKED = 1 << 20;
/** So many are put in order by insertion. */
const FEW = 12;

/** A comparison raised; the exception is in the runtime. */
class ComparisonFailed extends Error {}

interface Run {
  base: number;
  length: number;
  /** Depth, in the tree of merges, of the border between this run and the next. */
  power: number;
}

class Sorter {
  private minGallop = MIN_GALLOP;
  private readonly runs: Run[] = [];

  constructor(
    private readonly rt: Runtime,
    private readonly keys: Handle[],
    private readonly values: Handle[] | null,
  ) {}

  private less(a: Handle, b: Handle): boolean {
    const rt = this.rt;
    const int = rt.types.int;
    if (rt.is(a, int) && rt.is(b, int) && isInt32(rt, a) && isInt32(rt, b)) {
      return rt.mem[a + INT_VALUE]! < rt.mem[b + INT_VALUE]!;
    }
    const r = richCompareBool(rt, a, b, CompareOp.LT);
    if (r < 0) throw new ComparisonFailed();
    return r === 1;
  }

  sort(): void {
    const n = this.keys.length;
    if (n < 2 || this.sortPlain()) return;
    const minrun = computeMinrun(n);
    for (let low = 0; low < n; ) {
      const left = n - low;
      let length = this.countRun(low, left);
      if (length < minrun) {
        const forced = Math.min(left, minrun);
        this.binarySort(low, forced, length);
        length = forced;
      }
      this.foundNewRun(length);
      this.runs.push({ base: low, length, power: 0 });
      low += length;
    }
    this.mergeForceCollapse();
  }

  /**
   * Keys that are all exact ints of 32 bits, floats or str: comparing them runs no code and never fails, so only the
   * order that comes out can be seen, and there is one that is stable. False if they are something else.
   */
  private sortPlain(): boolean {
    const { rt, keys } = this;
    const { mem } = rt;
    const n = keys.length;
    const type = mem[keys[0]! + OB_TYPE]!;
    let order: number[] | Float64Array;
    if (type === rt.types.int.handle) {
      if (n > MOST_PACKED) return false;
      // The position behind the value: one number has both.
      const packed = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const key = keys[i]!;
        if (mem[key + OB_TYPE] !== type || mem[key + INT_LEAF] !== 0) return false;
        packed[i] = mem[key + INT_VALUE]! * MOST_PACKED + i;
      }
      packed.sort();
      for (let i = 0; i < n; i++) packed[i] = packed[i]! - Math.floor(packed[i]! / MOST_PACKED) * MOST_PACKED;
      order = packed;
    } else if (type === rt.types.float.handle) {
      const values = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const x = mem[keys[i]! + OB_TYPE] === type ? floatValue(rt, keys[i]!) : NaN;
        // A NaN is less than nothing and nothing is less than it: there the order depends on who is asked.
        if (Number.isNaN(x)) return false;
        values[i] = x;
      }
      order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
    } else if (type === rt.types.str.handle) {
      const values = new Array<string>(n);
      for (let i = 0; i < n; i++) {
        if (mem[keys[i]! + OB_TYPE] !== type) return false;
        values[i] = strValue(rt, keys[i]!);
        // JavaScript's order is that of UTF-16.
        if (strKind(rt, keys[i]!) === StrKind.Astral) return false;
      }
      order = n <= FEW ? orderOfFew(values) : orderOfMany(values);
    } else return false;
    const { values } = this;
    const oldKeys = keys.slice();
    for (let i = 0; i < n; i++) keys[i] = oldKeys[order[i]!]!;
    if (values === null) return true;
    const oldValues = values.slice();
    for (let i = 0; i < n; i++) values[i] = oldValues[order[i]!]!;
    return true;
  }

  // ---- runs -----------------------------------------------------------------------------------------------------------------

  private reverse(low: number, high: number): void {
    reverseRange(this.keys, low, high);
    if (this.values !== null) reverseRange(this.values, low, high);
  }

  /** Length of the run that starts at `low`; a descending one is turned round. */
  private countRun(low: number, left: number): number {
    const k = this.keys;
    let n = 1;
    while (n < left && !this.less(k[low + n]!, k[low + n - 1]!)) n++;
    if (n === left) return n;
    // Something smaller came. If all before it were equal, this is a descending run.
    if (n > 1) {
      if (this.less(k[low]!, k[low + n - 1]!)) return n;
      this.reverse(low, low + n);
    }
    n++;
    // Equal stretches inside are turned now, so that the turn of the whole restores their order.
    let equal = 0;
    const settle = () => {
      if (equal > 0) this.reverse(low + n - equal - 1, low + n);
      equal = 0;
    };
    for (; n < left; n++) {
      if (this.less(k[low + n]!, k[low + n - 1]!)) settle();
      else if (this.less(k[low + n - 1]!, k[low + n]!)) break;
      else equal++;
    }
    settle();
    this.reverse(low, low + n);
    while (n < left && !this.less(k[low + n]!, k[low + n - 1]!)) n++;
    return n;
  }

  /** Binary insertion into a slice whose first `done` items are in order. */
  private binarySort(low: number, n: number, done: number): void {
    const k = this.keys;
    const v = this.values;
    for (; done < n; done++) {
      const pivot = k[low + done]!;
      let left = 0;
      let right = done;
      while (left < right) {
        const middle = (left + right) >> 1;
        if (this.less(pivot, k[low + middle]!)) right = middle;
        else left = middle + 1;
      }
      for (let i = low + done; i > low + left; i--) k[i] = k[i - 1]!;
      k[low + left] = pivot;
      if (v !== null) {
        const value = v[low + done]!;
        for (let i = low + done; i > low + left; i--) v[i] = v[i - 1]!;
        v[low + left] = value;
      }
    }
  }

  // ---- which runs to merge --------------------------------------------------------------------------------------------------

  private foundNewRun(length: number): void {
    const runs = this.runs;
    if (runs.length === 0) return;
    const top = runs.at(-1)!;
    const power = powerOf(top.base, top.length, length, this.keys.length);
    while (runs.length > 1 && runs.at(-2)!.power > power) this.mergeAt(runs.length - 2);
    runs.at(-1)!.power = power;
  }

  private mergeForceCollapse(): void {
    const runs = this.runs;
    while (runs.length > 1) {
      let i = runs.length - 2;
      if (i > 0 && runs[i - 1]!.length < runs[i + 1]!.length) i--;
      this.mergeAt(i);
    }
  }

  private mergeAt(i: number): void {
    const a = this.runs[i]!;
    const b = this.runs[i + 1]!;
    let start = a.base;
    let na = a.length;
    let nb = b.length;
    a.length = na + nb;
    this.runs.splice(i + 1, 1);
    const k = this.keys;
    // What of a is already in place? And what of b?
    const skip = this.gallopRight(k[b.base]!, k, start, na, 0);
    start += skip;
    na -= skip;
    if (na === 0) return;
    nb = this.gallopLeft(k[start + na - 1]!, k, b.base, nb, nb - 1);
    if (nb === 0) return;
    if (na <= nb) this.mergeLow(start, na, b.base, nb);
    else this.mergeHigh(start, na, b.base, nb);
  }

  // ---- galloping ------------------------------------------------------------------------------------------------------------

  /** Where `key` belongs in the n sorted items of `a` from `base`: before the equal ones. Looks around `hint` first. */
  private gallopLeft(key: Handle, a: Handle[], base: number, n: number, hint: number): number {
    let last = 0;
    let offset = 1;
    if (this.less(a[base + hint]!, key)) {
      const most = n - hint;
      while (offset < most && this.less(a[base + hint + offset]!, key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      offset = Math.min(offset, most) + hint;
      last += hint;
    } else {
      const most = hint + 1;
      while (offset < most && !this.less(a[base + hint - offset]!, key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      const near = last;
      last = hint - Math.min(offset, most);
      offset = hint - near;
    }
    last++;
    while (last < offset) {
      const middle = last + ((offset - last) >> 1);
      if (this.less(a[base + middle]!, key)) last = middle + 1;
      else offset = middle;
    }
    return offset;
  }

  /** The same, after the equal ones. */
  private gallopRight(key: Handle, a: Handle[], base: number, n: number, hint: number): number {
    let last = 0;
    let offset = 1;
    if (this.less(key, a[base + hint]!)) {
      const most = hint + 1;
      while (offset < most && this.less(key, a[base + hint - offset]!)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      const near = last;
      last = hint - Math.min(offset, most);
      offset = hint - near;
    } else {
      const most = n - hint;
      while (offset < most && !this.less(key, a[base + hint + offset]!)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      offset = Math.min(offset, most) + hint;
      last += hint;
    }
    last++;
    while (last < offset) {
      const middle = last + ((offset - last) >> 1);
      if (this.less(key, a[base + middle]!)) offset = middle;
      else last = middle + 1;
    }
    return offset;
  }

  // ---- merging ----------------------------------------------------------------------------------------------------------------

  /** Moves n items with their values inside the list. */
  private move(to: number, from: number, n: number): void {
    moveItems(this.keys, to, from, n);
    if (this.values !== null) moveItems(this.values, to, from, n);
  }

  /** Merges from the left: run a, the shorter, waits in a copy. */
  private mergeLow(aBase: number, na: number, b: number, nb: number): void {
    const k = this.keys;
    const ak = k.slice(aBase, aBase + na);
    const av = this.values?.slice(aBase, aBase + na) ?? null;
    let to = aBase;
    let a = 0;
    const takeA = (n = 1) => {
      for (; n > 0; n--, a++, to++, na--) {
        k[to] = ak[a]!;
        if (av !== null) this.values![to] = av[a]!;
      }
    };
    const takeB = (n = 1) => {
      this.move(to, b, n);
      to += n;
      b += n;
      nb -= n;
    };
    try {
      takeB();
      if (nb === 0 || na === 1) return;
      let minGallop = this.minGallop;
      for (;;) {
        let aWins = 0;
        let bWins = 0;
        do {
          if (this.less(k[b]!, ak[a]!)) {
            takeB();
            bWins++;
            aWins = 0;
            if (nb === 0) return;
          } else {
            takeA();
            aWins++;
            bWins = 0;
            if (na === 1) return;
          }
        } while (Math.max(aWins, bWins) < minGallop);
        minGallop++;
        do {
          if (minGallop > 1) minGallop--;
          this.minGallop = minGallop;
          aWins = this.gallopRight(k[b]!, ak, a, na, 0);
          takeA(aWins);
          if (na <= 1) return;
          takeB();
          if (nb === 0) return;
          bWins = this.gallopLeft(ak[a]!, k, b, nb, 0);
          takeB(bWins);
          if (nb === 0) return;
          takeA();
          if (na === 1) return;
        } while (aWins >= MIN_GALLOP || bWins >= MIN_GALLOP);
        this.minGallop = ++minGallop;
      }
    } finally {
      // One item of a is left: it belongs behind all of b. (Or nothing of b is, or a comparison failed.)
      if (na === 1 && nb > 0 && this.rt.currentException === 0) takeB(nb);
      takeA(na);
    }
  }

  /** Merges from the right: run b, the shorter, waits in a copy. */
  private mergeHigh(aBase: number, na: number, bBase: number, nb: number): void {
    const k = this.keys;
    const bk = k.slice(bBase, bBase + nb);
    const bv = this.values?.slice(bBase, bBase + nb) ?? null;
    /** One past the next place to fill. */
    let to = bBase + nb;
    const takeA = (n = 1) => {
      this.move(to - n, aBase + na - n, n);
      to -= n;
      na -= n;
    };
    const takeB = (n = 1) => {
      for (; n > 0; n--) {
        to--;
        nb--;
        k[to] = bk[nb]!;
        if (bv !== null) this.values![to] = bv[nb]!;
      }
    };
    try {
      takeA();
      if (na === 0 || nb === 1) return;
      let minGallop = this.minGallop;
      for (;;) {
        let aWins = 0;
        let bWins = 0;
        do {
          if (this.less(bk[nb - 1]!, k[aBase + na - 1]!)) {
            takeA();
            aWins++;
            bWins = 0;
            if (na === 0) return;
          } else {
            takeB();
            bWins++;
            aWins = 0;
            if (nb === 1) return;
          }
        } while (Math.max(aWins, bWins) < minGallop);
        minGallop++;
        do {
          if (minGallop > 1) minGallop--;
          this.minGallop = minGallop;
          aWins = na - this.gallopRight(bk[nb - 1]!, k, aBase, na, na - 1);
          takeA(aWins);
          if (na === 0) return;
          takeB();
          if (nb === 1) return;
          bWins = nb - this.gallopLeft(k[aBase + na - 1]!, bk, 0, nb, nb - 1);
          takeB(bWins);
          if (nb <= 1) return;
          takeA();
          if (na === 0) return;
        } while (aWins >= MIN_GALLOP || bWins >= MIN_GALLOP);
        this.minGallop = ++minGallop;
      }
    } finally {
      // One item of b is left: it belongs before all of a.
      if (nb === 1 && na > 0 && this.rt.currentException === 0) takeA(na);
      takeB(nb);
    }
  }
}

/** The places of the texts in their order, equal ones as they come. */
function orderOfMany(texts: string[]): number[] {
  return texts.map((_, i) => i).sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b));
}
function orderOfFew(texts: string[]): number[] {
  const order = new Array<number>(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    let at = i;
    while (at > 0 && text < texts[order[at - 1]!]!) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = i;
  }
  return order;
}

/** `copyWithin`, which is slow on JavaScript's own arrays. */
function moveItems(a: Handle[], to: number, from: number, n: number): void {
  if (to <= from) for (let i = 0; i < n; i++) a[to + i] = a[from + i]!;
  else for (let i = n - 1; i >= 0; i--) a[to + i] = a[from + i]!;
}

function reverseRange(a: Handle[], low: number, high: number): void {
  for (high--; low < high; low++, high--) {
    const x = a[low]!;
    a[low] = a[high]!;
    a[high] = x;
  }
}

/** `merge_compute_minrun`: n divided by powers of two until it is below 64, rounded up. */
function computeMinrun(n: number): number {
  let lost = 0;
  while (n >= MAX_MINRUN) {
    lost |= n & 1;
    n >>= 1;
  }
  return n + lost;
}

/** How many bits of the two runs' midpoints, as fractions of n, must be looked at until they differ. */
function powerOf(start: number, n1: number, n2: number, n: number): number {
  let a = 2 * start + n1;
  let b = a + n1 + n2;
  for (let power = 1; ; power++) {
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) {
      return power;
    }
    a *= 2;
    b *= 2;
  }
}

/**
 * `list.sort`: the list looks empty while it is sorted. `keyfunc` is borrowed, or 0. 0, or -1 with an exception; then
 * the list has all its items, in some order.
 */
export function listSort(rt: Runtime, list: Handle, keyfunc: Handle, reverse: boolean): number {
  const { heap, mem } = rt;
  const size = mem[list + LIST_SIZE]!;
  const table = mem[list + LIST_ITEMS]!;
  const allocated = mem[list + LIST_ALLOCATED]!;
  const items: Handle[] = [];
  for (let i = 0; i < size; i++) items.push(mem[table + i]!);
  heap.set(list + LIST_SIZE, 0);
  heap.set(list + LIST_ITEMS, 0);
  heap.set(list + LIST_ALLOCATED, -1);

  const keys: Handle[] | null = keyfunc === 0 ? null : callKeys(rt, keyfunc, items);
  let result = keys === null && keyfunc !== 0 ? -1 : 0;
  if (result === 0) {
    if (reverse && keys !== null) keys.reverse();
    if (reverse) items.reverse();
    result = runSort(keys === null ? new Sorter(rt, items, null) : new Sorter(rt, keys, items));
    if (keys !== null) for (const key of keys) rt.decref(key);
    if (mem[list + LIST_ALLOCATED] !== -1 && result === 0) {
      result = rt.raiseInt('ValueError', 'list modified during sort');
    }
    if (reverse) items.reverse();
  }

  // What was put into the list meanwhile goes.
  const strayTable = mem[list + LIST_ITEMS]!;
  const strays = mem[list + LIST_SIZE]!;
  for (let i = 0; i < size; i++) if (mem[table + i] !== items[i]) heap.set(table + i, items[i]!);
  heap.set(list + LIST_SIZE, size);
  heap.set(list + LIST_ITEMS, table);
  heap.set(list + LIST_ALLOCATED, allocated);
  if (strayTable !== 0) {
    for (let i = strays - 1; i >= 0; i--) heap.clearRef(strayTable + i);
    heap.freeRaw(strayTable);
  }
  return result;
}

/** The key of each item, new; null with an exception. */
function callKeys(rt: Runtime, keyfunc: Handle, items: Handle[]): Handle[] | null {
  const keys: Handle[] = [];
  for (const item of items) {
    const key = rt.call(keyfunc, [item]);
    if (key === 0) {
      for (let i = keys.length - 1; i >= 0; i--) rt.decref(keys[i]!);
      return null;
    }
    keys.push(key);
  }
  return keys;
}

function runSort(sorter: Sorter): number {
  try {
    sorter.sort();
    return 0;
  } catch (error) {
    if (error instanceof ComparisonFailed) return -1;
    throw error;
  }
}
