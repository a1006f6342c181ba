/** Parsers of what lib/engine/snapshot/snapshot.ts says of objects and counts. */
import { array, boolean, literal, nullable, number, object, once, string } from './validate';

export const objectRef = object({ id: string, serial: number, type: string, repr: string, immortal: boolean });

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
    once(
      object({
        ...countedShape,
        name: string,
        scope: literal('global', 'local', 'closure'),
        frame: nullable(string),
        depth: number,
      }),
    ),
  ),
  unnamed: array(once(object({ ...countedShape, lastNames: array(string) }))),
  omitted: number,
  allocated: number,
};

export const memoryState = object(stateShape);
