/**
 * Where things lie in the heap's words (Include/object.h, Include/internal/pycore_gc.h).
 *
 * A handle is the index of an object's `ob_refcnt` word; it is even. 0 is NULL.
 *
 *     plain object                                    [flags][id16] | ob_refcnt ob_type fields…
 *     collectable object           [gc_next][gc_prev] [flags][id16] | ob_refcnt ob_type fields…
 *     managed    [weaklist][dict]  [gc_next][gc_prev] [flags][id16] | … a class made by Python code, whose instances
 *                  may have a `__dict__` and weak references (Py_TPFLAGS_MANAGED_DICT, _WEAKREF)
 *     raw block                                       [flags][id16] | data…
 *
 * How long a block is and which of these it is, its page knows (heap/blocks.ts). In a free block the word of the flags
 * is the link to the next free one.
 */
export type Handle = number;

export const NULL = 0;
export const OB_REFCNT = 0;
export const OB_TYPE = 1;
/** First word of an object that its type may use. */
export const OB_FIELDS = 2;

/** Words before the handle. */
export const PLAIN_HEADER = 2;
export const GC_HEADER = 4;
export const MANAGED_HEADER = 6;

/** Offsets from the handle. */
export const BLOCK = -2;
export const ID16 = -1;
export const GC_PREV = -3;
/** 0 while the object is not tracked. */
export const GC_NEXT = -4;
/** The managed `__dict__` (a dict or 0) and the head of the weak references, of instances with a MANAGED header. */
export const MANAGED_DICT = -5;
export const MANAGED_WEAKLIST = -6;

/** The flags. A link of the free blocks is even: LIVE tells them apart. */
export const BLOCK_LIVE = 1;
export const BLOCK_GC = 2;
export const BLOCK_RAW = 4;
/** `_PyGC_FINALIZED`: `__del__` has been called, and will not be again. */
export const BLOCK_FINALIZED = 8;
export const BLOCK_MANAGED = 16;
/** Between two cells: the object was there when the last recording ended (snapshot/history.ts). */
export const BLOCK_KNOWN = 32;

/** From the start of an object's block to its handle, by its flags. */
export function headerOf(flags: number): number {
  return PLAIN_HEADER + (flags & BLOCK_GC) + ((flags & BLOCK_MANAGED) >> 3);
}

/** An immortal object's count: negative, so that one test of the sign finds it. */
export const IMMORTAL_REFCNT = -0x40000000;

/** Simulated addresses are `ID_BASE + 16 * id16`. */
export const ID_BASE = 0x7f3a_0000_0000;

/** Pseudo-handles of the collector's list heads, in the first words of memory. */
export const GC_HEADS: readonly number[] = [16, 24, 32, 40];
export const GC_HEAD_PERMANENT = 40;
export const GC_HEAD_SCRATCH: readonly number[] = [48, 56, 64, 72];
export const RESERVED_WORDS = 128;
