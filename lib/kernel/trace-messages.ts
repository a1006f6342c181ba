/**
 * Parsers of what is asked of the recorded past, and of what is told (lib/engine/snapshot/trace-types.ts): of a
 * `trace_request`'s and a `trace_reply`'s content.
 */
import type {
  AllocatorReading,
  BiographyReading,
  BytecodeReading,
  CensusReading,
  CollectionHoldersReading,
  CollectionReading,
  CollectorReading,
  DifferenceReading,
  EventsReading,
  GraphReading,
  LifetimesReading,
  LinesReading,
  Moment,
  MomentReading,
  RunSummary,
  Span,
  StepsReading,
  TraceAnswers,
  TraceQuestion,
  TraceWhat,
  WhyAliveReading,
} from './engine-port';
import { counted, holderKind, memoryState, objectRef } from './memory-state';
import {
  type Parser,
  array,
  boolean,
  literal,
  nullable,
  number,
  object,
  once,
  pair,
  string,
  tagged,
  triple,
  unknown,
} from './validate';

const moment: Parser<Moment> = object({ run: number, step: number });
const granularity = literal('line', 'instruction');
const span: Parser<Span> = object({ line: number, column: number, endLine: number, endColumn: number });

export const parseTraceQuestion: Parser<TraceQuestion> = tagged('what', {
  runs: object({ what: literal('runs') }),
  steps: object({ what: literal('steps'), run: number, from: number, to: number, granularity }),
  lines: object({ what: literal('lines'), run: number, index: nullable(number), step: nullable(number) }),
  events: object({ what: literal('events'), run: number, step: number }),
  moment: object({
    what: literal('moment'),
    at: moment,
    options: object({ graph: boolean, around: array(number) }),
  }),
  graph: object({ what: literal('graph'), at: moment, around: array(number) }),
  collector: object({ what: literal('collector'), at: moment }),
  lifetimes: object({ what: literal('lifetimes'), run: number }),
  biography: object({ what: literal('biography'), serial: number }),
  why_alive: object({ what: literal('why_alive'), serial: number, at: moment }),
  collections: object({ what: literal('collections'), run: number }),
  collection_holders: object({ what: literal('collection_holders'), run: number, number }),
  bytecode: object({ what: literal('bytecode'), at: moment }),
  allocator: object({ what: literal('allocator'), at: moment }),
  difference: object({ what: literal('difference'), before: moment, after: moment }),
  census: object({ what: literal('census'), at: moment }),
});

export const parseRunSummary: Parser<RunSummary> = object({
  run: number,
  cellId: string,
  filename: string,
  nth: number,
  profile: literal('3.13', '3.14'),
  steps: number,
  lines: number,
  detail: literal('instructions', 'mixed', 'lines', 'dropped'),
  linesFrom: number,
  linesDropped: number,
  linesLost: number,
  raised: boolean,
  collections: number,
  births: number,
  deaths: number,
  bytes: number,
});

const cause = literal('count reached zero', 'cycle collected');
const countChange = object({
  serial: number,
  label: string,
  isName: boolean,
  type: string,
  before: number,
  after: number,
  span: nullable(span),
});
const opcode = object({ offset: number, name: string, argument: string });

const steps: Parser<StepsReading> = object({
  run: number,
  granularity,
  steps: array(
    object({
      from: number,
      to: number,
      kind: granularity,
      line: number,
      endLine: number,
      filename: string,
      span: nullable(span),
      frame: string,
      depth: number,
      activation: number,
      opcode: nullable(opcode),
      flow: literal('next', 'call', 'resume', 'return', 'yield', 'raise'),
      calls: nullable(string),
      isClassBody: boolean,
      callsClassBody: boolean,
      counts: array(countChange),
      countsOmitted: number,
      rebound: array(
        object({
          name: string,
          scope: literal('global', 'local'),
          frame: nullable(string),
          before: nullable(objectRef),
          after: nullable(objectRef),
          count: nullable(number),
        }),
      ),
      born: array(object({ object: objectRef, count: nullable(number), span: nullable(span) })),
      bornOmitted: number,
      bornAndDied: number,
      died: array(
        object({
          object: objectRef,
          label: string,
          isName: boolean,
          cause,
          because: nullable(number),
          span: nullable(span),
        }),
      ),
      diedOmitted: number,
      collections: array(number),
      written: number,
    }),
  ),
  next: number,
});

const place = object({ line: number, filename: string });

const lines: Parser<LinesReading> = object({
  run: number,
  from: number,
  starts: array(number),
  lines: array(number),
  total: number,
});

const eventValue = nullable(object({ object: nullable(objectRef), number }));
const events: Parser<EventsReading> = object({
  run: number,
  step: number,
  events: array(
    object({
      position: number,
      kind: literal('count', 'write', 'append', 'born', 'dying', 'freed', 'line', 'frame', 'collection'),
      cause: object({
        offset: nullable(number),
        opcode: nullable(string),
        line: number,
        span: nullable(span),
        frame: string,
        filename: string,
      }),
      object: nullable(objectRef),
      slot: nullable(string),
      before: eventValue,
      after: eventValue,
      words: number,
    }),
  ),
  omitted: number,
});

const graph = object({
  frames: array(object({ name: string, depth: number, isModule: boolean, line: number })),
  nodes: array(
    once(
      object({
        object: objectRef,
        count: nullable(number),
        size: nullable(number),
        tracked: boolean,
        generation: nullable(literal(0, 1, 2)),
        leaf: boolean,
        garbage: boolean,
        dying: boolean,
        names: array(string),
        omitted: number,
      }),
    ),
  ),
  edges: array(
    once(object({ from: number, to: number, label: string, weak: boolean, borrowed: boolean, references: number })),
  ),
  nodesOmitted: number,
  edgesOmitted: number,
});

const momentReading: Parser<MomentReading> = object({
  at: moment,
  next: nullable(object({ line: number, filename: string, span: nullable(span) })),
  state: memoryState,
  getrefcount: array(nullable(number)),
  graph: nullable(graph),
});

const collector: Parser<CollectorReading> = object({
  at: moment,
  enabled: boolean,
  counts: triple(number),
  thresholds: triple(number),
  stats: array(object({ collections: number, collected: number, uncollectable: number })),
  longLived: object({ total: number, pending: number }),
  objects: triple(number),
});

const graphReading: Parser<GraphReading> = object({ at: moment, graph, born: number });

const lifetimes: Parser<LifetimesReading> = object({
  run: number,
  lifetimes: array(
    object({
      serial: number,
      object: objectRef,
      label: nullable(string),
      born: nullable(number),
      bornIn: nullable(place),
      died: nullable(number),
      diedIn: nullable(place),
      cause: nullable(cause),
      counts: array(pair(number)),
      countsThinned: number,
    }),
  ),
  omitted: number,
  collections: array(object({ number, step: number, generation: literal(0, 1, 2), place })),
});

const biography: Parser<BiographyReading> = object({
  object: objectRef,
  names: array(string),
  events: array(
    object({
      at: moment,
      kind: literal('born', 'gained', 'lost', 'count', 'died'),
      count: nullable(number),
      holder: nullable(
        object({ kind: holderKind, label: string, frame: nullable(string), object: nullable(objectRef) }),
      ),
      line: number,
      filename: string,
      span: nullable(span),
      cause: nullable(cause),
    }),
  ),
  omitted: number,
  omittedAt: number,
});

const slot = { kind: holderKind, label: string, frame: nullable(string), from: nullable(objectRef) };

const whyAlive: Parser<WhyAliveReading> = object({
  at: moment,
  object: objectRef,
  counted,
  path: array(object({ ...slot, object: objectRef })),
  isCut: boolean,
  garbage: boolean,
  cut: nullable(object({ ...slot, to: objectRef })),
  retained: object({ bytes: number, objects: number, unsized: number }),
});

const collection: Parser<CollectionReading> = object({
  number,
  at: moment,
  generation: literal(0, 1, 2),
  reason: literal('gc.collect()', 'threshold'),
  line: number,
  file: nullable(string),
  candidates: array(object({ object: objectRef, refcount: number, gcRefs: number })),
  tentative: array(number),
  movedBack: array(number),
  unreachable: array(number),
  weakrefs: array(object({ serial: number, callback: boolean })),
  finalized: array(number),
  resurrected: array(number),
  cleared: array(number),
  others: array(objectRef),
  totals: object({
    candidates: number,
    own: number,
    tentative: number,
    movedBack: number,
    unreachable: number,
    weakrefs: number,
    finalized: number,
    resurrected: number,
    cleared: number,
  }),
  collected: number,
  countsBefore: triple(number),
  countsAfter: triple(number),
  thresholds: triple(number),
  longLived: object({ total: number, pending: number }),
});

const collectionHolders: Parser<CollectionHoldersReading> = object({
  run: number,
  number,
  collection,
  candidates: nullable(
    array(
      object({
        serial: number,
        holders: array(
          object({
            kind: holderKind,
            label: string,
            from: nullable(objectRef),
            frame: nullable(string),
            inside: boolean,
            references: number,
          }),
        ),
        omitted: object({ inside: number, outside: number }),
      }),
    ),
  ),
});

const bytecode: Parser<BytecodeReading> = object({
  at: moment,
  frame: string,
  filename: string,
  instructions: array(
    object({
      offset: number,
      line: number,
      span: nullable(span),
      name: string,
      argument: string,
      isTarget: boolean,
      label: nullable(number),
      step: nullable(number),
      counts: array(countChange),
      stackBefore: nullable(number),
      stackAfter: nullable(number),
    }),
  ),
  next: number,
  stack: array(object({ object: nullable(objectRef), borrowed: boolean })),
  source: array(object({ line: number, text: string })),
});

const allocator: Parser<AllocatorReading> = object({
  at: moment,
  arenas: number,
  arenaBytes: number,
  poolBytes: number,
  classes: array(object({ size: number, pools: number, blocksPerPool: number, used: number, free: number })),
  pools: array(object({ id: string, arena: number, size: nullable(number), used: number, stretches: array(number) })),
  poolsOmitted: number,
  large: object({ blocks: number, bytes: number }),
  freePools: number,
  freeLists: array(object({ name: string, length: number, limit: nullable(number) })),
});

const difference: Parser<DifferenceReading> = object({
  before: moment,
  after: moment,
  born: array(object({ object: objectRef, names: array(string), counted })),
  died: array(object({ object: objectRef, cause, counted })),
  changed: array(object({ before: counted, after: counted })),
  omitted: object({ born: number, died: number, changed: number }),
});

const census: Parser<CensusReading> = object({
  at: moment,
  types: array(object({ type: string, objects: number, bytes: number, unsized: number })),
  omitted: object({ types: number, objects: number }),
  peak: object({ objects: number, step: number }),
});

/** By what was asked. */
export const parseTraceAnswer: { readonly [W in TraceWhat]: Parser<TraceAnswers[W]> } = {
  runs: object({ runs: array(parseRunSummary) }),
  steps,
  lines,
  events,
  moment: momentReading,
  graph: graphReading,
  collector,
  lifetimes,
  biography,
  why_alive: whyAlive,
  collections: object({ collections: array(collection), omitted: number, dropped: number }),
  collection_holders: collectionHolders,
  bytecode,
  allocator,
  difference,
  census,
};

/** Questions whose answers are large and like the one before: they may be answered by what changed (changes.ts). */
export const LIKE_THE_LAST: ReadonlySet<TraceWhat> = new Set(['moment', 'graph']);

/** Of a `trace_request`. `base` names an earlier request of the same sort whose answer the page still has. */
export const parseTraceRequest = object({ question: parseTraceQuestion, base: nullable(string) });

/**
 * What a `trace_reply` says. `ok`: `result` is for `parseTraceAnswer[what]`. `changed`: that is what `change` makes of the
 * answer to `base`. `missing`: that run, moment or object is not recorded, or not any more. `failed`: a fault of ours.
 * `busy`: a cell is running; ask again when it has ended.
 */
export const parseTraceReply = tagged('status', {
  ok: object({ status: literal('ok'), result: unknown }),
  changed: object({ status: literal('changed'), base: string, change: unknown }),
  missing: object({ status: literal('missing'), message: string }),
  failed: object({ status: literal('failed'), message: string }),
  busy: object({ status: literal('busy') }),
});
