/**
 * What the page may ask of the recorded past, and what it is told: plain JSON, each reading asked for by itself, nothing
 * pushed whole. trace-readings.ts answers; lib/kernel carries it as `trace_request` and `trace_reply`.
 *
 * Time. Each traced execution of a cell is a *run*, numbered from 1 over the session. A run has *steps*: one for each
 * instruction of the notebook's own code, or one for each line where the detail was thinned (`RunSummary.detail`). A
 * `Moment` is before the step of that number; `step === RunSummary.steps` is after the last one. A step takes memory from
 * moment n to moment n + 1. What happens in library code belongs to the step that led there.
 *
 * Rules that every answer keeps, as in snapshot.ts: the references listed for an object and the number of those left out
 * sum up to its count; a `serial` names one object for ever; looking changes nothing; what is left out leaves a number.
 */
import type { Counted, HolderKind, MemoryState, ObjectRef, Profile } from './snapshot';

/** Bounds of the recording. Each that was reached shows in the runs' summaries. */
export const TRACE_LIMITS = {
  /** Steps of a session that are kept instruction by instruction; past it lines are recorded, then old runs are thinned. */
  instructions: 1_000_000,
  /** Steps of one run, of either sort. */
  steps: 2_000_000,
  /** Bytes of the logs and keyframes of a session; past it the oldest runs are dropped. */
  bytes: 160 << 20,
  /** Of these, bytes of one run's log; past it the run's beginning is dropped. */
  runBytes: 64 << 20,
  /** Bytes of long values, as integers of many digits, that died and are still shown; past it the run's beginning goes. */
  deadBytes: 96 << 20,
} as const;
export type TraceLimits = Readonly<Record<keyof typeof TRACE_LIMITS, number>>;

/** Bounds of one answer. */
export const READING_LIMITS = {
  /** Steps of one answer of `steps`. */
  steps: 400,
  /** Beginnings of lines of one answer of `lines`. */
  lines: 10_000,
  /** Count changes, births and deaths listed per step. */
  changes: 60,
  /** Objects of a graph, and its edges. */
  objects: 1_000,
  edges: 4_000,
  /** Objects listed in each phase of a collection. */
  collected: 400,
  /** The same of all collections of a run together. */
  collectedInAll: 2_000,
  /** Lifetimes of one answer, and points of one count line. */
  lifetimes: 2_000,
  points: 200,
  /** Events of one biography, and of one step. */
  events: 500,
  /** Pools of the allocator. */
  pools: 256,
  /** Types of a census. */
  types: 100,
  /** Steps on the path of `why alive`. */
  path: 200,
} as const;

/** Before step number `step` of run number `run`. */
export interface Moment {
  readonly run: number;
  readonly step: number;
}

/** A stretch of source text: lines from 1, columns from 0 in characters, the end not included. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A line of a file: of the cell itself, or of the earlier cell whose function ran. */
export interface Place {
  readonly line: number;
  readonly filename: string;
}

// ---- runs ---------------------------------------------------------------------------------------------------------------

/** The small summary that follows a traced cell, and a line of `runs`. */
export interface RunSummary {
  readonly run: number;
  readonly cellId: string;
  readonly filename: string;
  /** The how manieth traced run of this cell, from 1. */
  readonly nth: number;
  readonly profile: Profile;
  /** Moments are 0 to this number, both included. */
  readonly steps: number;
  /** Lines that were executed, thinned or not. */
  readonly lines: number;
  /**
   * `instructions`: a step is an instruction. `mixed`: from step `linesFrom` on a step is a line. `lines`: all are.
   * `dropped`: the run is past the budget and cannot be visited any more.
   */
  readonly detail: 'instructions' | 'mixed' | 'lines' | 'dropped';
  /** The first step that is a line; equal to `steps` where there is none. */
  readonly linesFrom: number;
  /** Lines at the run's beginning that were dropped because the log was full: step 0 comes after them. */
  readonly linesDropped: number;
  /** Lines at the run's end for which there was no room: they belong to its last step. */
  readonly linesLost: number;
  readonly raised: boolean;
  readonly collections: number;
  /** Objects born and died during the run. */
  readonly births: number;
  readonly deaths: number;
  /** Bytes that the run's record takes. */
  readonly bytes: number;
}

// ---- steps --------------------------------------------------------------------------------------------------------------

/** A reference count changed. */
export interface CountChange {
  readonly serial: number;
  /** How the learner knows the object: a name (`my_list`), else its short repr. */
  readonly label: string;
  readonly isName: boolean;
  readonly type: string;
  readonly before: number;
  readonly after: number;
  /** The token that did it, where the step stands in the cell. */
  readonly span: Span | null;
}

export interface StepDeath {
  readonly object: ObjectRef;
  readonly label: string;
  readonly isName: boolean;
  readonly cause: 'count reached zero' | 'cycle collected';
  /** Serial of the dying object that released its last reference; null if none did. */
  readonly because: number | null;
  readonly span: Span | null;
}

/** A name came to refer to another object, or to none. */
export interface Rebinding {
  readonly name: string;
  readonly scope: 'global' | 'local';
  /** Function of a local name. */
  readonly frame: string | null;
  /** What it referred to, and refers to now; null: nothing. */
  readonly before: ObjectRef | null;
  readonly after: ObjectRef | null;
  /** The count of what it refers to at the step's end; null if that is immortal or nothing. */
  readonly count: number | null;
}

/** One step of the finest recorded detail, or the run of one line. */
export interface TraceStep {
  /** From moment `from` to moment `to`; the next one starts at `to`. */
  readonly from: number;
  readonly to: number;
  readonly kind: 'line' | 'instruction';
  readonly line: number;
  readonly endLine: number;
  /** The file whose code ran: the cell's own, or that of an earlier cell. */
  readonly filename: string;
  /** Exact place of the instruction; of a line, of its first to its last instruction; null where the code has none. */
  readonly span: Span | null;
  /** Qualified name of the running code: `<module>`, `Node.link`. */
  readonly frame: string;
  /** 0 for the cell itself. */
  readonly depth: number;
  /** Tells two activations of one function apart: a number that each call gets. */
  readonly activation: number;
  /** For instructions: dis's name and its argument as dis shows it; null for a line. */
  readonly opcode: { readonly offset: number; readonly name: string; readonly argument: string } | null;
  /**
   * How the step ended: `next` in the same frame; `call` entered another frame of the notebook's code, `resume` one that
   * had been suspended; `return` left the frame for good; `yield` left it suspended, a generator that has only been made
   * included; `raise` left it with an exception or went to a handler.
   */
  readonly flow: 'next' | 'call' | 'resume' | 'return' | 'yield' | 'raise';
  /** Qualified name of what was entered, for `call` and `resume`. */
  readonly calls: string | null;
  /** The body of a class runs, or is entered: a frame that nobody calls by name. */
  readonly isClassBody: boolean;
  readonly callsClassBody: boolean;
  /**
   * In order of happening. Of an instruction, each change; of a line, one change per object from before to after at the
   * moment of its last change, without those that came back to what they were.
   */
  readonly counts: readonly CountChange[];
  readonly countsOmitted: number;
  readonly rebound: readonly Rebinding[];
  /** Objects born in this step that are alive at its end, with their counts then, and the number of those that are not. */
  readonly born: readonly { readonly object: ObjectRef; readonly count: number | null; readonly span: Span | null }[];
  readonly bornOmitted: number;
  readonly bornAndDied: number;
  readonly died: readonly StepDeath[];
  readonly diedOmitted: number;
  /** Numbers of the collections that began in this step. */
  readonly collections: readonly number[];
  /** Characters written to stdout and stderr before this step's end, counted from the run's beginning. */
  readonly written: number;
}

/** What a word held: an object where it is a reference, else its number. */
export interface EventValue {
  readonly object: ObjectRef | null;
  readonly number: number;
}

/** One change of memory, the smallest thing that the recording knows. */
export interface TraceEvent {
  /** Its place in the run's log. */
  readonly position: number;
  /**
   * `count`: a reference count. `write`: a slot, or several at once. `append`: an item or an entry behind the last.
   * `born`: memory came to be used; `dying`: a count fell to 0, the release begins; `freed`: memory was given back; each
   * of an object, or of the table of a list, dict or set where `object` is null. `line`, `frame` (one ends) and
   * `collection` (begins or ends) change nothing.
   */
  readonly kind: 'count' | 'write' | 'append' | 'born' | 'dying' | 'freed' | 'line' | 'frame' | 'collection';
  /** The instruction that did it. Where only lines are recorded, the line: offset and opcode are null then. */
  readonly cause: {
    readonly offset: number | null;
    readonly opcode: string | null;
    readonly line: number;
    readonly span: Span | null;
    readonly frame: string;
    readonly filename: string;
  };
  /** What it happened to; null: a frame's words, a table without an owner, or nothing. */
  readonly object: ObjectRef | null;
  /** `reference count`, `[0]`, `.next`, a local's name; null if nothing, or a whole block, was written. */
  readonly slot: string | null;
  readonly before: EventValue | null;
  readonly after: EventValue | null;
  /** Words that it changed in all. */
  readonly words: number;
}

export interface EventsReading {
  readonly run: number;
  readonly step: number;
  /** Oldest first. */
  readonly events: readonly TraceEvent[];
  readonly omitted: number;
}

export interface StepsReading {
  readonly run: number;
  readonly granularity: 'line' | 'instruction';
  readonly steps: readonly TraceStep[];
  /** Where the answer ends: ask on from here; equal to the run's steps at the end. */
  readonly next: number;
}

/** Where a run's lines begin among its steps: a piece of the list, in order. */
export interface LinesReading {
  readonly run: number;
  /** Index of the first line of this piece. */
  readonly from: number;
  /** The step that begins each line; a line ends where the next one begins, the last one at the run's end. */
  readonly starts: readonly number[];
  /** Line of the run's own file that each of them executes; 0 for code of another file. */
  readonly lines: readonly number[];
  /** Lines of the whole run. */
  readonly total: number;
}

// ---- a moment -----------------------------------------------------------------------------------------------------------

export interface GraphNode {
  readonly object: ObjectRef;
  /** Null if immortal. */
  readonly count: number | null;
  /** `sys.getsizeof(object)`; null for a type with a `__sizeof__` of its own: it would have to run. */
  readonly size: number | null;
  /** `gc.is_tracked(object)`. */
  readonly tracked: boolean;
  /** The collector's; null if not tracked, frozen, or set aside by a collection that is going on. */
  readonly generation: 0 | 1 | 2 | null;
  /** An int, text, float, `True`, `print` and the like: a page may draw it into the slot that refers to it. */
  readonly leaf: boolean;
  /** No root reaches it: only the collector can free it. */
  readonly garbage: boolean;
  /** Its release has begun: count 0. */
  readonly dying: boolean;
  /** Names by which the program knows it now. */
  readonly names: readonly string[];
  /** Objects that it refers to and that are left out of the graph. */
  readonly omitted: number;
}

export interface GraphEdge {
  /** A node's serial; or the number of a frame in `frames`, as `from < 0`: frame -1 is `frames[0]`. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly weak: boolean;
  /** A local that 3.14 lends: it keeps nothing alive and has no share in the count. */
  readonly borrowed: boolean;
  /** Equal slots put together. */
  readonly references: number;
}

export interface GraphFrame {
  readonly name: string;
  readonly depth: number;
  readonly isModule: boolean;
  readonly line: number;
}

/** Frames and names on the left, objects on the right. */
export interface HeapGraph {
  /** The module first, then each frame outwards in. */
  readonly frames: readonly GraphFrame[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly nodesOmitted: number;
  readonly edgesOmitted: number;
}

export interface MomentReading {
  readonly at: Moment;
  /** The line that comes next and where; null at the run's end. */
  readonly next: { readonly line: number; readonly filename: string; readonly span: Span | null } | null;
  /** Names and counts with holders; `change` is against the run's beginning. */
  readonly state: MemoryState;
  /** What `sys.getrefcount(x)` would answer here for each row of `state.references`: in 3.14 a local may be borrowed. */
  readonly getrefcount: readonly (number | null)[];
  /** Absent if not asked for. */
  readonly graph: HeapGraph | null;
}

/** An entry of `gc.get_stats()`. */
export interface GenerationStats {
  readonly collections: number;
  readonly collected: number;
  readonly uncollectable: number;
}

/** The collector at a moment, by generation. */
export interface CollectorReading {
  readonly at: Moment;
  /** `gc.isenabled()`. */
  readonly enabled: boolean;
  /** `gc.get_count()`, `gc.get_threshold()`, `gc.get_stats()`. */
  readonly counts: readonly [number, number, number];
  readonly thresholds: readonly [number, number, number];
  readonly stats: readonly GenerationStats[];
  /** As in `CollectionReading`. */
  readonly longLived: { readonly total: number; readonly pending: number };
  /** `len(gc.get_objects(generation))`, but without what the collector has set aside while it runs. */
  readonly objects: readonly [number, number, number];
}

/** The picture of the heap alone. */
export interface GraphReading {
  readonly at: Moment;
  readonly graph: HeapGraph;
  /** Objects that have been made by then: greater serials are born later. */
  readonly born: number;
}

export interface MomentOptions {
  readonly graph: boolean;
  /** Serials that the graph must show, with what is around them. */
  readonly around: readonly number[];
}

// ---- lifetimes, biographies ---------------------------------------------------------------------------------------------

export interface Lifetime {
  readonly serial: number;
  readonly object: ObjectRef;
  /** The last name it had, or null. */
  readonly label: string | null;
  /** Step that made it; null: before this run. */
  readonly born: number | null;
  /** Where that step stands. */
  readonly bornIn: Place | null;
  /** Step that it died in; null: alive at the run's end. */
  readonly died: number | null;
  readonly diedIn: Place | null;
  readonly cause: StepDeath['cause'] | null;
  /** Count from a moment on: pairs of step and count, thinned to READING_LIMITS.points. */
  readonly counts: readonly (readonly [number, number])[];
  readonly countsThinned: number;
}

export interface LifetimesReading {
  readonly run: number;
  readonly lifetimes: readonly Lifetime[];
  readonly omitted: number;
  readonly collections: readonly {
    readonly number: number;
    readonly step: number;
    readonly generation: 0 | 1 | 2;
    /** Where it ran. */
    readonly place: Place;
  }[];
}

/** One thing that happened to an object. */
export interface BiographyEvent {
  readonly at: Moment;
  readonly kind: 'born' | 'gained' | 'lost' | 'count' | 'died';
  /** The count after it. */
  readonly count: number | null;
  /** The slot gained or lost, as a learner points at it; of what object; null for names and frames. */
  readonly holder: {
    readonly kind: HolderKind;
    readonly label: string;
    /** The function of a local name. */
    readonly frame: string | null;
    readonly object: ObjectRef | null;
  } | null;
  readonly line: number;
  /** The file whose code ran. */
  readonly filename: string;
  readonly span: Span | null;
  readonly cause: StepDeath['cause'] | null;
}

export interface BiographyReading {
  readonly object: ObjectRef;
  readonly names: readonly string[];
  readonly events: readonly BiographyEvent[];
  /** Steps that changed it and are left out, in the middle of its life: before the event of index `omittedAt`. */
  readonly omitted: number;
  readonly omittedAt: number;
}

/** A slot that holds a reference, as in `Holder`. */
export interface WhyAliveSlot {
  readonly kind: HolderKind;
  readonly label: string;
  /** The function of a local name. */
  readonly frame: string | null;
  /** The object whose slot it is; null for names, frames and the interpreter. */
  readonly from: ObjectRef | null;
}

export interface WhyAliveReading {
  readonly at: Moment;
  readonly object: ObjectRef;
  readonly counted: Counted;
  /**
   * The shortest way from a root, a name or a frame: each slot and the object that it leads to. Empty: no root reaches it
   * (`garbage`).
   */
  readonly path: readonly (WhyAliveSlot & { readonly object: ObjectRef })[];
  /** The way is longer than READING_LIMITS.path: its beginning is missing. */
  readonly isCut: boolean;
  readonly garbage: boolean;
  /**
   * The one reference whose cut would free it, nearest to the object; null: more than one way leads to it, or garbage.
   * With `to` another object than this one: that one would be freed, and it with that.
   */
  readonly cut: (WhyAliveSlot & { readonly to: ObjectRef }) | null;
  /** Bytes that would be freed with it, itself included, and how many objects. */
  readonly retained: {
    readonly bytes: number;
    readonly objects: number /** Of these, objects without a size, as in `GraphNode`. */;
    readonly unsized: number;
  };
}

// ---- collections --------------------------------------------------------------------------------------------------------

export interface CollectedObject {
  readonly object: ObjectRef;
  /** `ob_refcnt` as copied into `gc_refs`. */
  readonly refcount: number;
  /** What is left of it after the references from inside were subtracted. */
  readonly gcRefs: number;
}

/**
 * One collection on the objects, phase by phase. A list is cut at READING_LIMITS.collected, among many collections
 * sooner, so that all together list READING_LIMITS.collectedInAll; `totals` are whole.
 */
export interface CollectionReading {
  readonly number: number;
  readonly at: Moment;
  readonly generation: 0 | 1 | 2;
  readonly reason: 'gc.collect()' | 'threshold';
  /** Where the instruction stands during which it ran. */
  readonly line: number;
  /** Null: in the run's own text. */
  readonly file: string | null;
  readonly candidates: readonly CollectedObject[];
  /** With nothing left in `gc_refs`: set aside at first. */
  readonly tentative: readonly number[];
  /** Set aside and moved back: something reachable refers to them. */
  readonly movedBack: readonly number[];
  readonly unreachable: readonly number[];
  readonly weakrefs: readonly { readonly serial: number; readonly callback: boolean }[];
  readonly finalized: readonly number[];
  readonly resurrected: readonly number[];
  readonly cleared: readonly number[];
  /** Objects named above by serial only that are no candidates. */
  readonly others: readonly ObjectRef[];
  readonly totals: {
    readonly candidates: number;
    /** Of these, made by the program; the rest is Python's own, and listed only where there is nothing else. */
    readonly own: number;
    readonly tentative: number;
    readonly movedBack: number;
    readonly unreachable: number;
    readonly weakrefs: number;
    readonly finalized: number;
    readonly resurrected: number;
    readonly cleared: number;
  };
  readonly collected: number;
  readonly countsBefore: readonly [number, number, number];
  readonly countsAfter: readonly [number, number, number];
  readonly thresholds: readonly [number, number, number];
  /**
   * The 25 % rule, as it stood: a threshold sets off a collection of the oldest generation only if the objects that have
   * grown old since the last one (`pending`) are a quarter of those that survived it (`total`).
   */
  readonly longLived: { readonly total: number; readonly pending: number };
}

export interface CollectionsReading {
  readonly collections: readonly CollectionReading[];
  /** Those after the listed ones; and those before them, in the part of the run that is not kept (`linesDropped`). */
  readonly omitted: number;
  readonly dropped: number;
}

/** A reference to a candidate when the collection began. */
export interface CandidateHolder {
  readonly kind: HolderKind;
  /** As in `Holder`. */
  readonly label: string;
  /** The object that it lies in; null for names, frames and the interpreter. */
  readonly from: ObjectRef | null;
  /** The function whose frame holds it. */
  readonly frame: string | null;
  /**
   * It comes from a candidate, and the collector sees it (`tp_traverse`): so it is subtracted. A name is inside when its
   * module's namespace is a candidate, as in a collection of the oldest generation.
   */
  readonly inside: boolean;
  readonly references: number;
}

/** Who held the candidates that are listed: the references inside sum up to `refcount - gcRefs`, all to `refcount`. */
export interface CollectionHoldersReading {
  readonly run: number;
  readonly number: number;
  /** The collection with whole lists: among many it has shorter ones. */
  readonly collection: CollectionReading;
  /** Null: that moment is not recorded any more, or there were too many candidates to keep. */
  readonly candidates: readonly CandidateHolders[] | null;
}

export interface CandidateHolders {
  readonly serial: number;
  readonly holders: readonly CandidateHolder[];
  /** References of holders that are not listed. */
  readonly omitted: { readonly inside: number; readonly outside: number };
}

// ---- bytecode, allocator, difference ------------------------------------------------------------------------------------

export interface InstructionRow {
  readonly offset: number;
  readonly line: number;
  readonly span: Span | null;
  readonly name: string;
  readonly argument: string;
  /** A jump comes here. */
  readonly isTarget: boolean;
  /** Its number as a label, as dis writes it (`L3`), where a jump or a handler's table names it. */
  readonly label: number | null;
  /** The step of the run in which it last ran before the moment; null: it has not. */
  readonly step: number | null;
  /** What it did to counts then. */
  readonly counts: readonly CountChange[];
  /** Words on the value stack before it then; null if it has not run. */
  readonly stackBefore: number | null;
  readonly stackAfter: number | null;
}

export interface BytecodeReading {
  readonly at: Moment;
  readonly frame: string;
  readonly filename: string;
  readonly instructions: readonly InstructionRow[];
  /** Index in `instructions` of what runs next; -1 if nothing does. */
  readonly next: number;
  /** The value stack at the moment, bottom first. */
  readonly stack: readonly { readonly object: ObjectRef | null; readonly borrowed: boolean }[];
  /** The lines of the source that the instructions come from, in order. */
  readonly source: readonly { readonly line: number; readonly text: string }[];
}

/** The model of pymalloc, and the free lists. */
export interface AllocatorReading {
  readonly at: Moment;
  readonly arenas: number;
  readonly arenaBytes: number;
  readonly poolBytes: number;
  readonly classes: readonly {
    /** Bytes of a block. */
    readonly size: number;
    readonly pools: number;
    readonly blocksPerPool: number;
    readonly used: number;
    readonly free: number;
  }[];
  /** By address; free ones too. */
  readonly pools: readonly {
    /** Address of its first byte, as in `ObjectRef.id`: an object lies in it if its id does. */
    readonly id: string;
    /** Number of its arena, from 1. */
    readonly arena: number;
    /** Bytes of its blocks; null: it holds none. */
    readonly size: number | null;
    readonly used: number;
    /** Its blocks by address: how many are in use, then freed, then in use, …; the rest was never used. */
    readonly stretches: readonly number[];
  }[];
  readonly poolsOmitted: number;
  /** Requests of more than 512 bytes: they go to the system. */
  readonly large: { readonly blocks: number; readonly bytes: number };
  readonly freePools: number;
  readonly freeLists: readonly { readonly name: string; readonly length: number; readonly limit: number | null }[];
}

export interface DifferenceReading {
  readonly before: Moment;
  readonly after: Moment;
  /** With its holders at the later moment. */
  readonly born: readonly {
    readonly object: ObjectRef;
    readonly names: readonly string[];
    readonly counted: Counted;
  }[];
  /** With its holders at the earlier moment. */
  readonly died: readonly {
    readonly object: ObjectRef;
    readonly cause: StepDeath['cause'];
    readonly counted: Counted;
  }[];
  /** Alive at both moments, with another count or other holders. */
  readonly changed: readonly { readonly before: Counted; readonly after: Counted }[];
  readonly omitted: { readonly born: number; readonly died: number; readonly changed: number };
}

/** The objects that the program has made and that live at a moment, by type; immortal ones and code are left out. */
export interface CensusReading {
  readonly at: Moment;
  /** The most numerous first. */
  readonly types: readonly {
    readonly type: string;
    readonly objects: number;
    /** Sum of `sys.getsizeof`, without those whose size cannot be told. */
    readonly bytes: number;
    readonly unsized: number;
  }[];
  readonly omitted: { readonly types: number; readonly objects: number };
  /** The most objects made by the run that were alive at once, in what is kept of it; the step that made the last of them. */
  readonly peak: { readonly objects: number; readonly step: number };
}

// ---- asking -------------------------------------------------------------------------------------------------------------

export type TraceQuestion =
  | { readonly what: 'runs' }
  | {
      readonly what: 'steps';
      readonly run: number;
      readonly from: number;
      readonly to: number;
      readonly granularity: 'line' | 'instruction';
    }
  /** The piece that holds the line of this index, or the line that this step belongs to. */
  | { readonly what: 'lines'; readonly run: number; readonly index: number | null; readonly step: number | null }
  | { readonly what: 'events'; readonly run: number; readonly step: number }
  | { readonly what: 'moment'; readonly at: Moment; readonly options: MomentOptions }
  /** `around` as in `MomentOptions`. */
  | { readonly what: 'graph'; readonly at: Moment; readonly around: readonly number[] }
  | { readonly what: 'collector'; readonly at: Moment }
  | { readonly what: 'lifetimes'; readonly run: number }
  | { readonly what: 'biography'; readonly serial: number }
  | { readonly what: 'why_alive'; readonly serial: number; readonly at: Moment }
  | { readonly what: 'collections'; readonly run: number }
  | { readonly what: 'collection_holders'; readonly run: number; readonly number: number }
  | { readonly what: 'bytecode'; readonly at: Moment }
  | { readonly what: 'allocator'; readonly at: Moment }
  | { readonly what: 'difference'; readonly before: Moment; readonly after: Moment }
  | { readonly what: 'census'; readonly at: Moment };

export interface TraceAnswers {
  readonly runs: { readonly runs: readonly RunSummary[] };
  readonly steps: StepsReading;
  readonly lines: LinesReading;
  readonly events: EventsReading;
  readonly moment: MomentReading;
  readonly graph: GraphReading;
  readonly collector: CollectorReading;
  readonly lifetimes: LifetimesReading;
  readonly biography: BiographyReading;
  readonly why_alive: WhyAliveReading;
  readonly collections: CollectionsReading;
  readonly collection_holders: CollectionHoldersReading;
  readonly bytecode: BytecodeReading;
  readonly allocator: AllocatorReading;
  readonly difference: DifferenceReading;
  readonly census: CensusReading;
}

export type TraceWhat = TraceQuestion['what'];
