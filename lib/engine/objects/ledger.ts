/** What each object owns: the edges that the audit counts, and that pictures of memory draw. */
import type { Handle } from '../heap/layout';
import type { Runtime } from './runtime';
import { subtypeLedger } from './subtype';

/** Every reference an object owns, its class included; `word` is where it lies, 0 if it does not lie in the heap. */
export function visitOwned(rt: Runtime, h: Handle, visit: (child: Handle, word: number) => void): void {
  const tp = rt.tp(h);
  const ledger = tp.tp_ledger ?? tp.tp_traverse;
  ledger?.(rt, h, visit);
  // subtypeLedger and native heap types report the class themselves; instances of metaclasses do not.
  if (tp.isPythonClass && ledger !== (subtypeLedger as typeof ledger)) visit(tp.handle, h + 1);
}
