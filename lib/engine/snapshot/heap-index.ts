/** Who refers to whom at a moment: every living object with what it owns, and what holds references from outside. */
import type { Handle } from '../heap/layout';
import { visitOwned } from '../objects/ledger';
import { codeRuntime } from '../objects/code';
import { GEN_FRAME } from '../objects/generator';
import { BORROWED, frameSize } from '../objects/interpreter-frame';
import type { Past, TimeMachine } from './time-machine';
import { describeSlot } from './holders';
import type { HolderKind } from './snapshot';

/** A reference that no object holds. */
export interface RootReference {
  readonly to: Handle;
  readonly label: string;
  /** Index of the frame among the moment's, the innermost first; -1: the interpreter. */
  readonly frame: number;
  /** It lies on the frame's value stack. */
  readonly isStack: boolean;
}

export interface OwnedReference {
  readonly from: Handle;
  readonly to: Handle;
  /** The word that it lies in. */
  readonly word: number;
}

export class HeapIndex {
  readonly objects: Handle[] = [];
  readonly roots: RootReference[] = [];
  private readonly owned = new Map<Handle, OwnedReference[]>();

  constructor(
    machine: TimeMachine,
    readonly past: Past,
  ) {
    const { ip, roots } = past;
    const running = new Map(roots.frames.map((frame) => [frame.at, frame.at + frameSize(ip, frame.code)]));
    const found = new Map<Handle, number>();
    const { inert } = machine.history;
    ip.heap.forEachObject((h) => {
      if (ip.mem[h] === 0) return;
      this.objects.push(h);
      if (inert.has(h)) return;
      const isGenerator =
        ip.is(h, ip.types.generator) || ip.is(h, ip.types.coroutine) || ip.is(h, ip.types.async_generator);
      const frame = isGenerator ? ip.mem[h + GEN_FRAME]! : 0;
      const end = running.get(frame) ?? 0;
      const list: OwnedReference[] = [];
      visitOwned(ip, h, (to, word) => {
        if (word >= frame && word < end) return;
        list.push({ from: h, to, word });
        found.set(to, (found.get(to) ?? 0) + 1);
      });
      if (list.length > 0) this.owned.set(h, list);
    });
    const root = (to: Handle, label: string, frame: number, isStack = false) => {
      this.roots.push({ to, label, frame, isStack });
      found.set(to, (found.get(to) ?? 0) + 1);
    };
    roots.frames.forEach((frame, i) => {
      const { unit } = codeRuntime(ip, frame.code);
      const where = frame.isModule ? 'the cell' : `${frame.name}()`;
      frame.slots.forEach((ref, slot) => {
        if (ref === 0 || (ref & BORROWED) !== 0) return;
        const name = unit.localsplusnames[slot];
        root(ref, name ?? `value stack of ${where}`, i, name === undefined);
      });
      for (const h of frame.owned) root(h, `frame of ${where}`, i);
    });
    for (const { handle, label } of roots.interpreter) root(handle, label, -1);
    // What is held and nobody says by whom: built-in code that is running, or the interpreter itself.
    for (const h of this.objects) {
      const count = ip.mem[h]!;
      if (count < 0 || count > (found.get(h) ?? 0))
        this.roots.push({ to: h, label: count < 0 ? 'the interpreter' : 'built-in code', frame: -1, isStack: false });
    }
  }

  referencesOf(h: Handle): readonly OwnedReference[] {
    return this.owned.get(h) ?? [];
  }

  label(reference: OwnedReference, globals: Handle): string {
    return describeSlot(this.past.ip, reference.from, reference.word, globals).label;
  }

  /** The slot that the reference lies in, as a learner points at it. */
  slot(reference: OwnedReference, globals: Handle): { readonly kind: HolderKind; readonly label: string } {
    return describeSlot(this.past.ip, reference.from, reference.word, globals);
  }

  /**
   * Everything that the roots lead to, and by which reference each was reached first.
   * @param without an object, or one reference, that is taken out
   */
  reach(without: Handle | OwnedReference | RootReference | null = null): Map<Handle, OwnedReference | RootReference> {
    const reached = new Map<Handle, OwnedReference | RootReference>();
    const queue: Handle[] = [];
    const follow = (reference: OwnedReference | RootReference) => {
      if (reference === without || reference.to === without || reached.has(reference.to)) return;
      reached.set(reference.to, reference);
      queue.push(reference.to);
    };
    let done = 0;
    const followAll = (isOne: (root: RootReference) => boolean) => {
      for (const root of this.roots) if (isOne(root)) follow(root);
      for (; done < queue.length; done++) for (const reference of this.referencesOf(queue[done]!)) follow(reference);
    };
    // Names before the interpreter: they are what a reader knows. What a line has in hand goes away by itself.
    followAll(({ frame, isStack }) => frame >= 0 && !isStack);
    followAll(({ frame }) => frame < 0);
    followAll(({ isStack }) => isStack);
    return reached;
  }
}
