/**
 * None, Ellipsis, NotImplemented (Objects/object.c, Objects/sliceobject.c) and their types: one immortal instance each.
 */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { hashInteger } from './hash';
import type { Runtime } from './runtime';
import { strFrom } from './str';

/** `hash(None)`, the same in every process. */
const NONE_HASH = 0xfca86420;

function returnSingleton(singleton: 'None' | 'Ellipsis' | 'NotImplemented', name: string) {
  return (rt: Runtime, _type: Handle, args: Handle[]): Handle => {
    if (args.length > 0) return rt.raise('TypeError', `${name} takes no arguments`);
    return rt[singleton];
  };
}

function notImplementedBool(rt: Runtime): number {
  if (rt.facts.name === '3.13')
    return rt.warn('DeprecationWarning', 'NotImplemented should not be used in a boolean context') ? 1 : -1;
  return rt.raiseInt('TypeError', 'NotImplemented should not be used in a boolean context');
}

const immortal = (): void => {};

export const singletonSpecs: TypeSpec[] = [
  {
    name: 'NoneType',
    words: 0,
    basicsize: 16,
    doc: 'The type of the None singleton.',
    slots: {
      tp_dealloc: immortal,
      tp_new: returnSingleton('None', 'NoneType'),
      tp_repr: (rt: Runtime) => strFrom(rt, 'None'),
      tp_hash: (rt: Runtime) => hashInteger(rt, NONE_HASH),
      nb_bool: () => 0,
    },
  },
  {
    name: 'ellipsis',
    words: 0,
    basicsize: 16,
    doc: 'The type of the Ellipsis singleton.',
    slots: {
      tp_dealloc: immortal,
      tp_new: returnSingleton('Ellipsis', 'EllipsisType'),
      tp_repr: (rt: Runtime) => strFrom(rt, 'Ellipsis'),
    },
    methods: { __reduce__: { kind: 'noargs', fn: (rt: Runtime) => strFrom(rt, 'Ellipsis') } },
  },
  {
    name: 'NotImplementedType',
    words: 0,
    basicsize: 16,
    doc: 'The type of the NotImplemented singleton.',
    slots: {
      tp_dealloc: immortal,
      tp_new: returnSingleton('NotImplemented', 'NotImplementedType'),
      tp_repr: (rt: Runtime) => strFrom(rt, 'NotImplemented'),
      nb_bool: notImplementedBool,
    },
    methods: { __reduce__: { kind: 'noargs', fn: (rt: Runtime) => strFrom(rt, 'NotImplemented') } },
  },
];

export function initSingletons(rt: Runtime): void {
  const make = (type: 'NoneType' | 'ellipsis' | 'NotImplementedType'): Handle => {
    const h = rt.heap.alloc(rt.types[type], 0, 16);
    rt.heap.immortalize(h);
    return h;
  };
  rt.None = make('NoneType');
  rt.Ellipsis = make('ellipsis');
  rt.NotImplemented = make('NotImplementedType');
}
