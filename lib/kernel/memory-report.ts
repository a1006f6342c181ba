/** Parses a `MemoryReport` that came over the wire. The form itself is lib/engine/snapshot/snapshot.ts. */
import type { MemoryReport } from './engine-port';
import { type Parser, array, boolean, literal, nullable, number, object, string, triple } from './validate';

const objectShape = { id: string, serial: number, type: string, repr: string, immortal: boolean };
export const objectRef = object(objectShape);

export const holderKind = literal(
  'name',
  'local',
  'closure-cell',
  'item',
  'key',
  'value',
  'attribute',
  'stack',
  'internal',
);
const holder = object({
  kind: holderKind,
  label: string,
  holder: nullable(objectRef),
  frame: nullable(string),
  references: number,
});

const countedShape = {
  object: objectRef,
  count: nullable(number),
  change: nullable(number),
  holders: array(holder),
  holdersOmitted: number,
};

export const counted = object(countedShape);

const stateShape = {
  references: array(
    object({
      ...countedShape,
      name: string,
      scope: literal('global', 'local', 'closure'),
      frame: nullable(string),
      depth: number,
    }),
  ),
  unnamed: array(object({ ...countedShape, lastNames: array(string) })),
  omitted: number,
  allocated: number,
};

export const memoryState = object(stateShape);

const step = object({
  ...stateShape,
  kind: literal('line', 'end'),
  index: number,
  line: number,
  endLine: number,
  frame: nullable(string),
  elsewhere: nullable(object({ file: string, line: number })),
  calls: nullable(string),
  raised: boolean,
  died: array(
    object({
      object: objectRef,
      cause: literal('count reached zero', 'cycle collected'),
      line: number,
      names: array(string),
      because: nullable(objectRef),
    }),
  ),
  diedOmitted: number,
  collections: array(number),
});

const collection = object({
  generation: literal(0, 1, 2),
  reason: literal('gc.collect()', 'threshold'),
  line: number,
  examined: number,
  unreachable: array(object({ ...objectShape, refcount: number, gcRefs: number })),
  finalized: array(objectRef),
  resurrected: array(objectRef),
  freed: array(objectRef),
  uncollectable: array(objectRef),
  totals: object({
    unreachable: number,
    finalized: number,
    resurrected: number,
    freed: number,
    uncollectable: number,
  }),
  weakrefs: object({ cleared: number, callbacks: number }),
  collected: number,
  countsBefore: triple(number),
  countsAfter: triple(number),
  thresholds: triple(number),
});

const generation = object({
  count: number,
  threshold: number,
  objects: number,
  stats: object({ collections: number, collected: number, uncollectable: number }),
});

export const collectorGenerations = triple(generation);

export const parseMemoryReport: Parser<MemoryReport> = object({
  schema: literal(1),
  profile: literal('3.13', '3.14'),
  before: memoryState,
  steps: array(step),
  stepsExecuted: number,
  collections: array(collection),
  collectionsOmitted: number,
  collector: object({ enabled: boolean, generations: collectorGenerations }),
});
