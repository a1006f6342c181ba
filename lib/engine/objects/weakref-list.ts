/**
 * The list of weak references of an object (Objects/weakrefobject.c): from the object's weaklist word through the
 * references' own links. Basic references (no callback) come first, then others, newest first.
 *
 *     wr_object    the object, not counted; 0 once it is dead
 *     wr_callback  owned, or 0
 *     wr_hash, wr_hash_high, wr_hashed
 *     wr_prev, wr_next
 */
import type { Handle } from '../heap/layout';
import type { Runtime } from './runtime';

export const WR_OBJECT = 2;
export const WR_CALLBACK = 3;
export const WR_HASH = 4;
export const WR_HASH_HIGH = 5;
export const WR_HASHED = 6;
export const WR_PREV = 7;
export const WR_NEXT = 8;
export const WEAKREF_WORDS = 7;

/** Word of the head of h's list, or 0 if its type allows no weak references. */
export function weaklistWord(rt: Runtime, h: Handle): number {
  const offset = rt.tp(h).weaklistoffset;
  return offset === 0 ? 0 : h + offset;
}

export function linkWeakref(rt: Runtime, ref: Handle, head: number, after: Handle): void {
  const { heap, mem } = rt;
  const next = after === 0 ? mem[head]! : mem[after + WR_NEXT]!;
  heap.set(ref + WR_PREV, after);
  heap.set(ref + WR_NEXT, next);
  if (next !== 0) heap.set(next + WR_PREV, ref);
  heap.set(after === 0 ? head : after + WR_NEXT, ref);
}

/** `clear_weakref_lock_held`: takes it off the list and marks it dead. Its callback stays. */
export function unlinkWeakref(rt: Runtime, ref: Handle): void {
  const { heap, mem } = rt;
  const target = mem[ref + WR_OBJECT]!;
  if (target === 0) return;
  const head = weaklistWord(rt, target);
  const prev = mem[ref + WR_PREV]!;
  const next = mem[ref + WR_NEXT]!;
  if (prev !== 0) heap.set(prev + WR_NEXT, next);
  else heap.set(head, next);
  if (next !== 0) heap.set(next + WR_PREV, prev);
  heap.set(ref + WR_PREV, 0);
  heap.set(ref + WR_NEXT, 0);
  heap.set(ref + WR_OBJECT, 0);
}

/** `handle_callback`: a callback's exception cannot be passed on. `ref` must be held by the caller. */
export function callWeakrefCallback(rt: Runtime, ref: Handle, callback: Handle): void {
  const r = rt.call(callback, [ref]);
  if (r === 0) rt.writeUnraisable('Exception ignored while calling weakref callback', callback);
  else rt.decref(r);
}

/**
 * `PyObject_ClearWeakRefs`: the object dies. All its weak references die first; then the callbacks of those that
 * still live are called, newest first. An exception that is on its way stays.
 */
export function clearWeakrefs(rt: Runtime, h: Handle): void {
  const { mem, heap } = rt;
  const head = weaklistWord(rt, h);
  const pending: Handle[] = [];
  for (let ref = mem[head]!; ref !== 0; ref = mem[head]!) {
    const callback = mem[ref + WR_CALLBACK]!;
    unlinkWeakref(rt, ref);
    if (callback === 0) continue;
    heap.set(ref + WR_CALLBACK, 0);
    // A weak reference whose own count is 0 is being torn down: its callback is not called.
    if (mem[ref]! > 0) pending.push(rt.newRef(ref), callback);
    else rt.decref(callback);
  }
  if (pending.length === 0) return;
  const error = rt.takeError();
  for (let i = 0; i < pending.length; i += 2) callWeakrefCallback(rt, pending[i]!, pending[i + 1]!);
  // They wait in a tuple meanwhile, which lets go of its last item first.
  for (const held of pending.reverse()) rt.decref(held);
  if (error !== 0) rt.restoreError(error);
}
