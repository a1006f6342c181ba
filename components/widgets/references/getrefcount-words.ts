import type { NamedReference } from '../../../lib/engine/snapshot/snapshot';
import type { RunSummary } from '../../../lib/engine/snapshot/trace-types';

/** What CPython answers for an object that it never counts, on a 64-bit machine. */
const IMMORTAL: Readonly<Record<RunSummary['profile'], string>> = { '3.13': '4294967295', '3.14': '3221225472' };

/** What the program itself would be told here, and why it is or is not the count. */
export function getrefcountWords(
  { name, count, scope }: Pick<NamedReference, 'name' | 'count' | 'scope'>,
  answer: number | null,
  profile: RunSummary['profile'],
): { readonly call: string; readonly answer: string; readonly why: string } {
  const call = `sys.getrefcount(${name})`;
  if (count === null || answer === null) {
    return { call, answer: IMMORTAL[profile], why: 'the mark of an immortal object, not a number of references.' };
  }
  if (answer === count) {
    const why = `the count itself: Python ${profile} lends a local variable to the call and counts nothing for it.`;
    return { call, answer: String(answer), why: scope === 'local' ? why : 'the count itself.' };
  }
  return { call, answer: String(answer), why: `${count} and 1 more: the call’s argument is a reference too.` };
}
