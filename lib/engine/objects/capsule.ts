/**
 * `PyCapsule` (Objects/capsule.c): a C pointer under a name, which one extension module hands to another. There is no C
 * here that could be pointed at, so a capsule is its name, and what the structure behind it would refer to.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { genericGetAttr } from './generic-attr';
import { hex } from './method-object';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';

const NAME = 2;
/** What lies behind the pointer and `_PyCapsule_SetTraverse` makes known to the collector, or 0. */
const REFERENT = 3;
const WORDS = [NAME, REFERENT];

/** `PyCapsule_New`, and `_PyCapsule_SetTraverse` where there is a `referent` (stolen): only then it is tracked. */
export function newCapsule(rt: Runtime, name: string, referent: Handle = 0): Handle {
  const h = newObject(rt, rt.types.PyCapsule);
  rt.heap.set(h + NAME, strFrom(rt, name));
  rt.heap.set(h + REFERENT, referent);
  if (referent !== 0) rt.heap.gcTrack(h);
  return h;
}

export const capsuleSpecs: TypeSpec[] = [
  {
    name: 'PyCapsule',
    gc: true,
    flags: TPFLAGS.DISALLOW_INSTANTIATION,
    words: 2,
    basicsize: 64,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        if (rt.heap.isTracked(h)) rt.heap.gcUntrack(h);
        for (const word of WORDS) rt.heap.clearRef(h + word);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + REFERENT] !== 0) visit(rt.mem[h + REFERENT]!, h + REFERENT);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + REFERENT),
      tp_ledger(rt: Runtime, h, visit) {
        for (const word of WORDS) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
      },
      tp_repr: (rt: Runtime, h) =>
        strFrom(rt, `<capsule object "${strValue(rt, rt.mem[h + NAME]!)}" at ${hex(rt, h)}>`),
      tp_getattro: genericGetAttr,
    },
  },
];
