/** The method resolution order: C3 linearisation (Objects/typeobject.c, `mro_implementation`, `pmerge`). */
import type { Handle } from '../heap/layout';
import type { Runtime } from './runtime';
import { tupleItems } from './tuple';
import { TP_MRO } from './type-lookup';

/** The types (borrowed) from the new type on, or null with TypeError. `self` may not be ready yet. */
export function computeMro(rt: Runtime, self: Handle, bases: Handle[]): Handle[] | null {
  const duplicate = bases.find((b, i) => bases.indexOf(b) !== i);
  if (duplicate !== undefined) {
    rt.raise('TypeError', `duplicate base class ${rt.slotsOfType(duplicate).name.split('.').pop()}`);
    return null;
  }
  for (const b of bases) {
    if (rt.mem[b + TP_MRO] !== 0) continue;
    // Its own mro() is still at work.
    rt.raise('TypeError', `Cannot extend an incomplete type '${rt.slotsOfType(b).name}'`);
    return null;
  }
  const lists = bases.map((b) => [...tupleItems(rt, rt.mem[b + TP_MRO]!)]);
  lists.push([...bases]);
  const out: Handle[] = [self];
  for (;;) {
    const open = lists.filter((l) => l.length > 0);
    if (open.length === 0) return out;
    const next = open.map((l) => l[0]!).find((c) => open.every((l) => l.indexOf(c, 1) < 0));
    if (next === undefined) {
      const names = [...new Set(open.map((l) => rt.slotsOfType(l[0]!).name.split('.').pop()))];
      rt.raise('TypeError', `Cannot create a consistent method resolution order (MRO) for bases ${names.join(', ')}`);
      return null;
    }
    out.push(next);
    for (const l of lists) if (l[0] === next) l.shift();
  }
}
