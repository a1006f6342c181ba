/** functools.cmp_to_key: keys that are compared by a function (Modules/_functoolsmodule.c, keyobject). */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type CompareOp, type TypeSpec } from '../../heap/object';
import { hashNotImplemented, richCompare } from '../../objects/abstract';
import { genericGetAttr } from '../../objects/generic-attr';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom } from '../../objects/str';
import type { TypeSlots } from '../../heap/object';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';

const CMP = 2;
const OBJECT = 3;
const CALL = params('K', 'obj');

function newKey(rt: Runtime, type: TypeSlots, cmp: Handle, object: Handle): Handle {
  const h = newObject(rt, type);
  rt.heap.set(h + CMP, rt.newRef(cmp));
  rt.heap.set(h + OBJECT, object === 0 ? 0 : rt.newRef(object));
  rt.heap.gcTrack(h);
  return h;
}

/** `cmp_to_key(mycmp)`: a key function. */
export function cmpToKey(ip: Interpreter, _module: Handle, [cmp]: Handle[]): Handle {
  return newKey(ip, typeOfModule(ip, 'functools.KeyWrapper'), cmp!, 0);
}

function compare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (rt.mem[a + 1] !== rt.mem[b + 1]) return rt.raise('TypeError', 'other argument must be K instance');
  const x = rt.mem[a + OBJECT]!;
  const y = rt.mem[b + OBJECT]!;
  if (x === 0 || y === 0) return rt.raise('AttributeError', 'object');
  const answer = rt.call(rt.mem[a + CMP]!, [x, y]);
  if (answer === 0) return 0;
  const zero = intFromNumber(rt, 0);
  const r = richCompare(rt, answer, zero, op);
  rt.decref(answer);
  return r;
}

export const keyWrapperSpec: TypeSpec = {
  name: 'KeyWrapper',
  module: 'functools',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 2,
  basicsize: 32,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + CMP);
      rt.heap.clearRef(h + OBJECT);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const word of [CMP, OBJECT]) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
    },
    tp_clear(rt: Runtime, h) {
      rt.heap.clearRef(h + CMP);
      rt.heap.clearRef(h + OBJECT);
    },
    tp_call(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (args.length > 1) return rt.raise('TypeError', `K() takes at most 1 argument (${args.length} given)`);
      const a = parseArgs(rt, CALL, args, kwnames);
      return a === null ? 0 : newKey(rt, rt.tp(h), rt.mem[h + CMP]!, a[0]!);
    },
    tp_richcompare: compare,
    tp_hash: hashNotImplemented,
    tp_getattro: genericGetAttr,
  },
  getset: { __text_signature__: { get: (rt: Runtime) => strFrom(rt, '(obj)') } },
  members: { obj: { word: OBJECT, doc: 'Value wrapped by a key function.' } },
};
