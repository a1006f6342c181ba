/**
 * The picture of a cell's memory that the engine hands to the page: plain JSON, no handles, no functions.
 *
 * Types only. The engine's producers fill them in, the kernel carries them as the MIME type
 * `application/vnd.heapbook.memory+json`, the widgets draw them. What is abbreviated, thinned or left out is
 * decided here, on the engine's side, and every such decision leaves a number behind, so that a widget can say
 * "and 12 more" and the sums still come out.
 *
 * Rules a producer keeps:
 *   - Ledger: for every counted object, the `references` of its holders plus `holdersOmitted` equal its count.
 *   - No observer effect: the references that tracing itself needs are never counted and never listed.
 *   - Stability: a `serial` names one object for ever; an `id` may be reused after the object's death.
 *   - In development and tests the whole report is deep-frozen.
 */

/** Bounds a producer keeps to, so that a report stays small enough to draw and to send. */
export const SNAPSHOT_LIMITS = {
  /** Steps kept per cell; beyond it the middle is thinned, the first and the last ones stay. */
  steps: 200,
  /** Rows of all steps together: a cell with many names keeps fewer steps. */
  rows: 5_000,
  /** Rows of `references` or `unnamed` per step. */
  references: 100,
  /** Holders listed per object; the rest is summed up in `holdersOmitted`. */
  holders: 24,
  /** Objects listed in each list of a collection, and deaths listed per step. */
  objects: 100,
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
  /** Count now minus the count before the cell (0 for an object not yet born then); null if immortal. */
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

export interface Death {
  readonly object: ObjectRef;
  readonly cause: 'count reached zero' | 'cycle collected';
  /** The line being executed when it died. */
  readonly line: number;
  /** The names it last had, latest first; empty if it never had one. */
  readonly names: readonly string[];
  /** The dying object that released its last reference (a list's item dies with the list); null if none did. */
  readonly because: ObjectRef | null;
}

/** The state after one executed line. */
export interface Step extends MemoryState {
  /**
   * `line`: after a line of the cell (or of a function it called, see `frame`) was executed.
   * `end`: after the cell's own code object was released; present only where that changed something shown.
   */
  readonly kind: 'line' | 'end';
  /** Position among all executed steps, from 1, thinned ones counted. */
  readonly index: number;
  /**
   * First and last line of the statement, from 1, in the cell's source. For `end`, the cell's last line. For a function
   * of other code (see `elsewhere`), the cell's line that called it, directly or not.
   */
  readonly line: number;
  readonly endLine: number;
  /** Where the line was executed: null for the cell itself, class bodies included; else the function's name. */
  readonly frame: string | null;
  /** Where the executed line stands if it is not in this cell's source: an earlier cell defined the function. */
  readonly elsewhere: { readonly file: string; readonly line: number } | null;
  /** The function that the line called before it was done: its lines follow as steps, then the rest of this one. */
  readonly calls: string | null;
  /** True if the line ended with an exception instead of completing. */
  readonly raised: boolean;
  /** What died while this line ran, in order of death. */
  readonly died: readonly Death[];
  /** Deaths left out of `died`. */
  readonly diedOmitted: number;
  /** Collections that ran while this line ran: positions in `MemoryReport.collections`. */
  readonly collections: readonly number[];
}

/** An object that the collector found unreachable, with the sum that convicts it. */
export interface UnreachableObject extends ObjectRef {
  /** `ob_refcnt` when the collection began. */
  readonly refcount: number;
  /** What was left in `gc_refs` once the references from inside the examined generation were subtracted. */
  readonly gcRefs: number;
}

export interface CollectionReport {
  /** 0, 1 or 2: this generation and all younger ones were examined. */
  readonly generation: 0 | 1 | 2;
  readonly reason: 'gc.collect()' | 'threshold';
  /** The cell's line during which it ran. */
  readonly line: number;
  /** How many tracked objects were examined. */
  readonly examined: number;
  readonly unreachable: readonly UnreachableObject[];
  /** Objects whose finalizer (`__del__`) was called. */
  readonly finalized: readonly ObjectRef[];
  /** Objects that a finalizer made reachable again. */
  readonly resurrected: readonly ObjectRef[];
  readonly freed: readonly ObjectRef[];
  readonly uncollectable: readonly ObjectRef[];
  /** Objects left out of the five lists above, as full numbers of each list. */
  readonly totals: {
    readonly unreachable: number;
    readonly finalized: number;
    readonly resurrected: number;
    readonly freed: number;
    readonly uncollectable: number;
  };
  /** Weak references cleared, and how many of their callbacks were called. */
  readonly weakrefs: { readonly cleared: number; readonly callbacks: number };
  /** The number `gc.collect()` returns, and the one added to the statistics. */
  readonly collected: number;
  /** `gc.get_count()` before and after. */
  readonly countsBefore: readonly [number, number, number];
  readonly countsAfter: readonly [number, number, number];
  /** `gc.get_threshold()` at that time. */
  readonly thresholds: readonly [number, number, number];
}

export interface GenerationState {
  /** This generation's entry of `gc.get_count()`. */
  readonly count: number;
  /** This generation's entry of `gc.get_threshold()`; 0 for the first switches automatic collection off. */
  readonly threshold: number;
  /** How many tracked objects are in it now. */
  readonly objects: number;
  /** This generation's entry of `gc.get_stats()`. */
  readonly stats: { readonly collections: number; readonly collected: number; readonly uncollectable: number };
}

/** The collector as the cell left it. */
export interface CollectorState {
  readonly enabled: boolean;
  readonly generations: readonly [GenerationState, GenerationState, GenerationState];
}

/** Everything the widgets of one cell draw. */
export interface MemoryReport {
  /** Version of this form. */
  readonly schema: 1;
  readonly profile: Profile;
  /** The moment before the cell's first line. */
  readonly before: MemoryState;
  readonly steps: readonly Step[];
  /** How many steps were executed; more than `steps.length` if thinned. */
  readonly stepsExecuted: number;
  readonly collections: readonly CollectionReport[];
  /** Collections that ran but are not listed. */
  readonly collectionsOmitted: number;
  readonly collector: CollectorState;
}
