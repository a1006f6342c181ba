/**
 * Objects, their counts and who holds them, as the engine tells the page: plain JSON, no handles, no functions. What else
 * can be asked of a cell's past is in trace-types.ts.
 *
 * What is abbreviated or left out is decided here, on the engine's side, and every such decision leaves a number behind,
 * so that a widget can say "and 12 more" and the sums still come out.
 *
 * Rules a producer keeps:
 *   - Ledger: for every counted object, the `references` of its holders plus `holdersOmitted` equal its count.
 *   - No observer effect: the references that tracing itself needs are never counted and never listed.
 *   - Stability: a `serial` names one object for ever; an `id` may be reused after the object's death.
 */

/** Bounds a producer keeps to, so that an answer stays small enough to draw and to send. */
export const SNAPSHOT_LIMITS = {
  /** Rows of `references` or `unnamed`. */
  references: 100,
  /** Holders listed per object; the rest is summed up in `holdersOmitted`. */
  holders: 24,
  /** Collections of a run that are listed. */
  collections: 100,
  /** Characters of an abbreviated repr, the ellipsis included. */
  repr: 60,
} as const;

export type Profile = '3.13' | '3.14';

/** One object as it was at the moment of the picture. Its repr is computed without running the program's code. */
export interface ObjectRef {
  /** What `id()` gives, in hexadecimal: `0x7f3a5c0b2e40`. Reused after death, as in CPython. */
  readonly id: string;
  /** Order of birth since the kernel started, from 1. Never reused: the key by which widgets follow an object. */
  readonly serial: number;
  /** `type(object).__name__`. */
  readonly type: string;
  /** Abbreviated repr; never calls a `__repr__` of the program: such objects read `<Node object>`. */
  readonly repr: string;
  /** True if CPython never counts it; its count is then null everywhere. */
  readonly immortal: boolean;
}

/** What sort of slot holds a reference. */
export type HolderKind =
  | 'name' // a global or builtin name: a value in a module's dict
  | 'local' // a fast local of a running or suspended frame
  | 'closure-cell' // the contents of a closure cell
  | 'item' // an item of a list, tuple, set, …
  | 'key' // a key of a dict
  | 'value' // a value of a dict that is not a namespace
  | 'attribute' // an attribute of an instance or class, in its dict or slot
  | 'stack' // the value stack of a frame, call arguments included
  | 'internal'; // the interpreter's own: co_consts, a bound method's self, an iterator, a traceback, a cache, …

/** One holder of references to one object. */
export interface Holder {
  readonly kind: HolderKind;
  /**
   * The slot, written as a learner would point at it, without the holder itself:
   * name `my_list` · local `data` (see `frame`) · item `[0]` or `[0] to [9]` · key `'a'` · value `['a']` ·
   * attribute `.other` · closure-cell `total` · stack `argument of f()` · internal `constant of <cell 1>`.
   */
  readonly label: string;
  /** The object the slot belongs to (the list, the dict, the instance); null for names, locals and the interpreter. */
  readonly holder: ObjectRef | null;
  /** The function whose frame holds it, for local and stack; null otherwise. */
  readonly frame: string | null;
  /** How many of the object's references this holder accounts for; 1 except where equal slots were put together. */
  readonly references: number;
}

/** An object's count at one moment, with everything that accounts for it. */
export interface Counted {
  readonly object: ObjectRef;
  /** `ob_refcnt` as it is, without the temporary reference `sys.getrefcount()` would add; null if immortal. */
  readonly count: number | null;
  /** Count now minus the count before the run (0 for an object not yet born then); null if immortal. */
  readonly change: number | null;
  readonly holders: readonly Holder[];
  /** References of holders that are not listed. */
  readonly holdersOmitted: number;
}

/** A name that refers to an object: one row of the References table. */
export interface NamedReference extends Counted {
  readonly name: string;
  readonly scope: 'global' | 'local' | 'closure';
  /** The function the name belongs to (`f`, `Node.link`); null for a global name. */
  readonly frame: string | null;
  /** Depth of that frame, 0 for the module: tells two running calls of one function apart. */
  readonly depth: number;
}

/** An object that had a name earlier (in this cell or before it), has none now, and is still alive. */
export interface UnnamedObject extends Counted {
  /** The names it last had, latest first. */
  readonly lastNames: readonly string[];
}

/** The names and the counts at one moment. */
export interface MemoryState {
  /** Names alive in the program's own scopes, in order of binding; names the program did not bind are left out. */
  readonly references: readonly NamedReference[];
  readonly unnamed: readonly UnnamedObject[];
  /** Rows left out of `references` and `unnamed`. */
  readonly omitted: number;
  /** Objects created since the kernel started; an object with a greater serial than an earlier state's is newer. */
  readonly allocated: number;
}
