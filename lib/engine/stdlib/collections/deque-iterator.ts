/** Iterators over a deque, forwards and backwards (Modules/_collectionsmodule.c, dequeiterobject). */
import type { Handle } from '../../heap/layout';
import type { TypeSpec } from '../../heap/object';
import { asIndex, isInt } from '../../objects/abstract';
import { genericGetAttr } from '../../objects/generic-attr';
import { checkPositional } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { selfIter } from '../../objects/iter';
import { freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import {
  BLOCKLEN,
  DATA,
  DQ_LEFTBLOCK,
  DQ_LEFTINDEX,
  DQ_RIGHTBLOCK,
  DQ_RIGHTINDEX,
  DQ_SIZE,
  DQ_STATE,
  LEFTLINK,
  RIGHTLINK,
  itemPlace,
  size,
} from './deque-blocks';

const IT_DEQUE = 2;
const IT_STATE = 3;
/** Items left. */
const IT_COUNTER = 4;
/** Where the next item lies. */
const IT_BLOCK = 5;
const IT_INDEX = 6;

type Name = '_deque_iterator' | '_deque_reverse_iterator';

export function newDequeIterator(ip: Interpreter, name: Name, deque: Handle): Handle {
  const h = newObject(ip, typeOfModule(ip, `collections.${name}`));
  ip.heap.set(h + IT_DEQUE, ip.newRef(deque));
  ip.heap.set(h + IT_STATE, ip.mem[deque + DQ_STATE]!);
  ip.heap.set(h + IT_COUNTER, ip.mem[deque + DQ_SIZE]!);
  const left = name === '_deque_iterator';
  ip.heap.set(h + IT_BLOCK, ip.mem[deque + (left ? DQ_LEFTBLOCK : DQ_RIGHTBLOCK)]!);
  ip.heap.set(h + IT_INDEX, ip.mem[deque + (left ? DQ_LEFTINDEX : DQ_RIGHTINDEX)]!);
  ip.heap.gcTrack(h);
  return h;
}

function next(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const deque = mem[h + IT_DEQUE]!;
  const left = mem[h + IT_COUNTER]!;
  const forwards = rt.tp(h).name === 'collections._deque_iterator';
  if (forwards && mem[deque + DQ_STATE] !== mem[h + IT_STATE]) return mutated(rt, h);
  if (left === 0) return 0;
  if (mem[deque + DQ_STATE] !== mem[h + IT_STATE]) return mutated(rt, h);
  heap.set(h + IT_COUNTER, left - 1);
  const block = mem[h + IT_BLOCK]!;
  const index = mem[h + IT_INDEX]!;
  const next = index + (forwards ? 1 : -1);
  if (next >= 0 && next < BLOCKLEN) heap.set(h + IT_INDEX, next);
  else if (left > 1) {
    heap.set(h + IT_BLOCK, mem[block + (forwards ? RIGHTLINK : LEFTLINK)]!);
    heap.set(h + IT_INDEX, forwards ? 0 : BLOCKLEN - 1);
  }
  return rt.newRef(mem[block + DATA + index]!);
}

function mutated(rt: Runtime, h: Handle): 0 {
  rt.heap.set(h + IT_COUNTER, 0);
  return rt.raise('RuntimeError', 'deque mutated during iteration');
}

export function dequeIteratorSpec(name: Name): TypeSpec {
  return {
    name,
    module: 'collections',
    gc: true,
    words: 5,
    basicsize: 56,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + IT_DEQUE);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        visit(rt.mem[h + IT_DEQUE]!, h + IT_DEQUE);
      },
      tp_getattro: genericGetAttr,
      tp_iter: selfIter,
      tp_iternext: next,
      tp_new(ip: Interpreter, _type: Handle, args: Handle[]) {
        if (!checkPositional(ip, name, args.length, 1, 2)) return 0;
        const deque = args[0]!;
        const type = typeOfModule(ip, 'collections.deque');
        if (!isInstanceOf(ip, deque, type))
          return ip.raise('TypeError', `${name}() argument 1 must be collections.deque, not ${ip.tp(deque).name}`);
        let skip = 0;
        if (args.length === 2) {
          if (!isInt(ip, args[1]!) && ip.tp(args[1]!).nb_index === null)
            return ip.raise('TypeError', `'${ip.tp(args[1]!).name}' object cannot be interpreted as an integer`);
          const i = asIndex(ip, args[1]!, 'OverflowError');
          if (i === null) return 0;
          skip = Math.max(0, i);
        }
        const h = newDequeIterator(ip, name, deque);
        const left = Math.max(0, size(ip, deque) - skip);
        ip.heap.set(h + IT_COUNTER, left);
        if (left > 0 && skip > 0) {
          const { block, index } = itemPlace(ip, deque, name === '_deque_iterator' ? skip : left - 1);
          ip.heap.set(h + IT_BLOCK, block);
          ip.heap.set(h + IT_INDEX, index);
        }
        return h;
      },
    },
    methods: {
      __length_hint__: { kind: 'noargs', fn: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + IT_COUNTER]!) },
      __reduce__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          const deque = rt.mem[h + IT_DEQUE]!;
          const index = intFromNumber(rt, size(rt, deque) - rt.mem[h + IT_COUNTER]!);
          return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), newTuple(rt, [rt.newRef(deque), index])]);
        },
      },
    },
  };
}
