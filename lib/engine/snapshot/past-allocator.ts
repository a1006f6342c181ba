/**
 * The allocator at the moments of a run: the one of its beginning does again what was noted (trace/allocator-log.ts). On
 * the way there are copies, so that going back does not begin anew.
 */
import type { Obmalloc } from '../heap/obmalloc';
import type { Run } from './time-machine';

/** Words of the log from one copy to the next: done in a few milliseconds. */
const COPY_WORDS = 1 << 17;

export class PastAllocator {
  private readonly copies: { readonly words: number; readonly obmalloc: Obmalloc }[];
  private now: { words: number; obmalloc: Obmalloc } | null = null;

  constructor(private readonly run: Run) {
    this.copies = [{ words: 0, obmalloc: run.trace.allocator.begin.obmalloc }];
  }

  /** As it was before the event at `position`. Valid until the next call; nothing may be allocated from it. */
  at(position: number): Obmalloc {
    const log = this.run.trace.allocator;
    const to = log.wordsAt(position);
    const last = this.copies.findLast(({ words }) => words <= to)!;
    if (this.now === null || this.now.words > to || this.now.words < last.words)
      this.now = { words: last.words, obmalloc: last.obmalloc.copy() };
    const { now, copies } = this;
    while (now.words < to) {
      const next = Math.min(to, log.stepFrom(now.words + COPY_WORDS));
      log.redo(now.obmalloc, now.words, next);
      now.words = next;
      if (next >= copies.at(-1)!.words + COPY_WORDS) copies.push({ words: next, obmalloc: now.obmalloc.copy() });
    }
    return now.obmalloc;
  }
}
