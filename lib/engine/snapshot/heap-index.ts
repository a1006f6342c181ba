/** Who refers to whom at a moment: every living object with what it owns, and what holds references from outside. */
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { BORROWED } from '../objects/interpreter-frame';
import type { Past, TimeMachine } from './time-machine';
import { describeSlot } from './holders';
import { type OwnedReference, forEachOwned } from './owned';
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

export class HeapIndex {
  readonly objects: Handle[] = [];
  readonly roots: RootReference[] = [];
  private readonly owned = new Map<Handle, readonly OwnedReference[]>();

  constructor(
    machine: TimeMachine,
    readonly past: Past,
  ) {
    const { ip, roots } = past;
    /** By handle, half of it: references that are accounted for. */
    const found = new Int32Array(ip.mem.length >> 1);
    forEachOwned(ip, roots, machine.history.inert, (h, references) => {
      this.objects.push(h);
      if (references.length === 0) return;
      this.owned.set(h, references);
      for (let i = 0; i < references.length; i++) found[references[i]!.to >> 1]!++;
    });
    const root = (to: Handle, label: string, frame: number, isStack = false) => {
      this.roots.push({ to, label, frame, isStack });
      found[to >> 1]!++;
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
      if (count < 0 || count > found[h >> 1]!)
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
