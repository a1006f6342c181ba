/**
 * Live memory to compare with: what of it is a picture, and where two memories differ in that.
 */
import type { Heap } from '../../lib/engine/heap/heap';
import {
  KIND_BITS,
  KIND_RAW,
  PAGE_SHIFT,
  PAGE_WORDS,
  SIZE_SHIFT,
  headerOfKind,
  pagesOfSlab,
} from '../../lib/engine/heap/blocks';
import { BLOCK, BLOCK_LIVE, GC_NEXT, GC_PREV } from '../../lib/engine/heap/layout';
import { TPFLAGS } from '../../lib/engine/heap/object';
import { DICT_KEYS } from '../../lib/engine/objects/dict';
import { DK_VERSION } from '../../lib/engine/objects/dict-keys';
import { TP_VERSION } from '../../lib/engine/objects/type-lookup';
import { GEN_FRAME } from '../../lib/engine/objects/generator';
import { F_CODE, F_PREVIOUS, F_SP, frameSize } from '../../lib/engine/objects/interpreter-frame';
import type { Interpreter } from '../../lib/engine/vm/interpreter';

/** Words from the first to before the second. */
export type Span = readonly [number, number];

/**
 * What is no part of a picture: of the generators' frames the slots of those that run, which are copied as those on the
 * data stack are, and what lies above a stack; of types and dicts the numbers that inline caches go by.
 */
export function scratch(ip: Interpreter): Span[] {
  const { mem } = ip;
  const spans: Span[] = [];
  for (let f = ip.frame; f !== 0; f = mem[f + F_PREVIOUS]!) spans.push([f, f + frameSize(ip, mem[f + F_CODE]!)]);
  ip.heap.forEachObject((h) => {
    const { flags } = ip.tp(h);
    if ((flags & TPFLAGS.TYPE_SUBCLASS) !== 0) spans.push([h + TP_VERSION, h + TP_VERSION + 1]);
    if ((flags & TPFLAGS.DICT_SUBCLASS) !== 0 && mem[h + DICT_KEYS] !== 0) {
      const at = mem[h + DICT_KEYS]! + DK_VERSION;
      spans.push([at, at + 1]);
    }
    if (!ip.is(h, ip.types.generator) && !ip.is(h, ip.types.coroutine)) return;
    const f = mem[h + GEN_FRAME]!;
    if (f !== 0 && mem[f + F_CODE] !== 0) spans.push([mem[f + F_SP]!, f + frameSize(ip, mem[f + F_CODE]!)]);
  });
  return spans;
}

/** Where two memories differ in the blocks that live in the first. The collector's links are no part of a picture. */
export function differences(
  heap: Heap,
  before: Int32Array,
  after: Int32Array,
  running: readonly Span[] = [],
): string[] {
  const out: string[] = [];
  for (let page = heap.firstBlock >> PAGE_SHIFT; page < before.length >> PAGE_SHIFT; page++) {
    const entry = before[heap.pageTable + page]!;
    if (entry === 0) continue;
    const size = entry >>> SIZE_SHIFT;
    const kind = entry & KIND_BITS;
    const isRaw = kind === KIND_RAW;
    const header = headerOfKind(kind);
    // A slab of longer blocks has eight pages; what is longer still begins with its page.
    const start = page << PAGE_SHIFT;
    const end = size > PAGE_WORDS ? start + size : start + pagesOfSlab(size) * PAGE_WORDS;
    page = (end >> PAGE_SHIFT) - 1;
    for (let b = start; b + size <= end; b += size) {
      const h = b + header;
      if ((before[h + BLOCK]! & BLOCK_LIVE) === 0) continue;
      const links = (kind & 1) !== 0 ? [h + GC_NEXT, h + GC_PREV] : [];
      for (let i = b; i < b + size; i++) {
        if (before[i] === after[i] || links.includes(i)) continue;
        if (running.some(([from, to]) => i >= from && i < to)) continue;
        const what = isRaw ? `table at ${b}` : `${heap.slots(h)?.name ?? '?'} at ${h}`;
        out.push(`${what}, word ${isRaw ? i - b : i - h}: ${before[i]} became ${after[i]}`);
      }
    }
  }
  return out.slice(0, 10);
}
