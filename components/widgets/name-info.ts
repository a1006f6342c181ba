/** What a name in the code refers to at a moment: for the popover over it. */
import type { NamedReference } from '../../lib/engine/snapshot/snapshot';
import type { MomentReading } from '../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from './object-letters';
import { plural } from './plural';
import { holderText } from './references/holder-text';
import { shortName } from './words/sentence';

export interface NameScope {
  readonly kind: 'def' | 'class';
  readonly name: string;
  readonly binds: ReadonlySet<string>;
}

interface Info {
  readonly name: string;
  readonly where: string | null;
  readonly object: { readonly letter: string | null; readonly repr: string; readonly type: string } | null;
  readonly count: number | null;
  readonly holders: readonly string[];
  readonly note: string | null;
}

/** Holders that a popover names. */
const MOST_HOLDERS = 5;

/**
 * @param scopes the functions and classes that the name stands in, outermost first
 * @returns null where there is nothing to say: a builtin, a name of no meaning here
 */
export function nameInfo(
  name: string,
  scopes: readonly NameScope[],
  { state }: MomentReading,
  letters: ObjectLetters,
): Info | null {
  const rows = state.references.filter((row) => row.name === name);
  const functions = scopes.filter(({ kind }) => kind === 'def');
  // The innermost running call of the nearest function that knows the name.
  for (const scope of functions.toReversed()) {
    const frame = qualname(scopes.slice(0, scopes.indexOf(scope) + 1));
    const row = rows.filter((each) => each.frame === frame || each.frame === scope.name).at(-1);
    if (row) return described(row, letters);
    if (scope.binds.has(name)) return absent(name, `in ${shortName(frame)}()`, isRunning(state.references, frame));
  }
  const row = rows.find(({ scope }) => scope === 'global');
  return row ? described(row, letters) : null;
}

/** `Tree.add`, `outer.<locals>.inner`. */
function qualname(scopes: readonly NameScope[]): string {
  return scopes.reduce((path, { name }, at) => {
    if (at === 0) return name;
    return `${path}.${scopes[at - 1]?.kind === 'def' ? '<locals>.' : ''}${name}`;
  }, '');
}

const isRunning = (rows: readonly NamedReference[], frame: string) => rows.some((row) => row.frame === frame);

const absent = (name: string, where: string, runs: boolean): Info => ({
  name,
  where,
  object: null,
  count: null,
  holders: [],
  note: runs ? 'refers to nothing at this moment' : 'a local name of a call that is not under way at this moment',
});

function described(row: NamedReference, letters: ObjectLetters): Info {
  const { name, frame, object, count, holders, holdersOmitted } = row;
  const shown = holders.slice(0, MOST_HOLDERS).map((holder) => {
    const { what, slot, where } = holderText(holder);
    const times = holder.references > 1 ? ` × ${holder.references}` : '';
    return [what, slot, where, holder.holder?.repr].filter(Boolean).join(' ') + times;
  });
  const more = holders.slice(MOST_HOLDERS).reduce((sum, { references }) => sum + references, holdersOmitted);
  if (more > 0) shown.push(plural(more, 'more reference', 'more references'));
  return {
    name,
    where: frame === null ? null : `in ${shortName(frame)}()`,
    object: { letter: letters.get(object.serial) ?? null, repr: object.repr, type: object.type },
    count,
    holders: shown,
    note: null,
  };
}
