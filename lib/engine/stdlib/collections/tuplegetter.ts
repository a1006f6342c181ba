/** _tuplegetter (Modules/_collectionsmodule.c): the attribute of a named tuple that is its n-th item. */
import type { Handle } from '../../heap/layout';
import type { TypeSpec } from '../../heap/object';
import { asIndex, isTuple, reprText, typeName } from '../../objects/abstract';
import { checkPositional, noKeywords } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { allocInstance, freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom } from '../../objects/str';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { typeShortName } from './deque';

const INDEX = 2;
const DOC = 3;

export const tuplegetterSpec: TypeSpec = {
  name: '_tuplegetter',
  module: 'collections',
  gc: true,
  words: 2,
  basicsize: 32,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + DOC);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + DOC] !== 0) visit(rt.mem[h + DOC]!, h + DOC);
    },
    tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + DOC),
    tp_new(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (!noKeywords(rt, '_tuplegetter', kwnames) || !checkPositional(rt, '_tuplegetter', args.length, 2, 2)) return 0;
      const index = asIndex(rt, args[0]!, 'OverflowError');
      if (index === null) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + INDEX, index);
      rt.heap.set(h + DOC, rt.newRef(args[1]!));
      return h;
    },
    tp_descr_get(rt: Runtime, h: Handle, obj: Handle) {
      const index = rt.mem[h + INDEX]!;
      if (obj === 0 || obj === rt.None) return rt.newRef(h);
      if (!isTuple(rt, obj))
        return rt.raise(
          'TypeError',
          `descriptor for index '${index}' for tuple subclasses doesn't apply to '${typeName(rt, obj)}' object`,
        );
      if (index < 0 || index >= tupleSize(rt, obj)) return rt.raise('IndexError', 'tuple index out of range');
      return rt.newRef(tupleItem(rt, obj, index));
    },
    tp_descr_set: (rt: Runtime, _h: Handle, _obj: Handle, value: Handle) =>
      rt.raiseInt('AttributeError', value === 0 ? "can't delete attribute" : "can't set attribute"),
    tp_repr(rt: Runtime, h: Handle) {
      const doc = reprText(rt, rt.mem[h + DOC]!);
      return doc === null ? 0 : strFrom(rt, `${typeShortName(rt, h)}(${rt.mem[h + INDEX]}, ${doc})`);
    },
  },
  methods: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const args = newTuple(rt, [intFromNumber(rt, rt.mem[h + INDEX]!), rt.newRef(rt.mem[h + DOC]!)]);
        return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), args]);
      },
    },
  },
  members: { __doc__: { word: DOC } },
};
