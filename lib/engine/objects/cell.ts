/** Closure cells (Objects/cellobject.c): one slot shared by a frame and the functions defined in it. */
import type { Handle } from '../heap/layout';
import { Traversal, type TypeSpec } from '../heap/object';
import { richCompare, typeName } from './abstract';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { orderSatisfies } from './int';
import { hex } from './method-object';
import type { Runtime } from './runtime';
import { strFrom } from './str';

export const CELL_REF = 2;

/** `PyCell_New`; `value` stolen, 0 for an empty cell. */
export function newCell(rt: Runtime, value: Handle): Handle {
  const h = rt.heap.allocTracked(rt.types.cell);
  rt.mem[h + CELL_REF] = value;
  return h;
}
/** Borrowed, or 0. */
export function cellValue(rt: Runtime, cell: Handle): Handle {
  return rt.mem[cell + CELL_REF]!;
}
/** `PyCell_SET`; `value` stolen. */
export function setCell(rt: Runtime, cell: Handle, value: Handle): void {
  rt.heap.setRef(cell + CELL_REF, value);
}

export const cellSpecs: TypeSpec[] = [
  {
    name: 'cell',
    gc: true,
    words: 1,
    basicsize: 24,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.release(h + CELL_REF);
        rt.heap.free(h, rt.types.cell);
      },
      traversal: Traversal.Words,
      traversedWords: [CELL_REF],
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + CELL_REF] !== 0) visit(rt.mem[h + CELL_REF]!, h + CELL_REF);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + CELL_REF),
      tp_repr(rt: Runtime, h) {
        const v = rt.mem[h + CELL_REF]!;
        const what = v === 0 ? 'empty' : `${typeName(rt, v)} object at ${hex(rt, v)}`;
        return strFrom(rt, `<cell at ${hex(rt, h)}: ${what}>`);
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if (!rt.is(b, rt.types.cell)) return rt.NotImplemented;
        const x = rt.mem[a + CELL_REF]!;
        const y = rt.mem[b + CELL_REF]!;
        if (x !== 0 && y !== 0) return richCompare(rt, x, y, op);
        // An empty one comes first.
        const order = Number(x !== 0) - Number(y !== 0);
        return rt.bool(orderSatisfies(order, op));
      },
      tp_new(rt: Runtime, _type, args, kwnames) {
        if (!noKeywords(rt, 'cell', kwnames) || !checkPositional(rt, 'cell', args.length, 0, 1)) return 0;
        return newCell(rt, args[0] === undefined ? 0 : rt.newRef(args[0]));
      },
      tp_getattro: genericGetAttr,
    },
    getset: {
      cell_contents: {
        get: (rt: Runtime, h) => {
          const v = rt.mem[h + CELL_REF]!;
          return v === 0 ? rt.raise('ValueError', 'Cell is empty') : rt.newRef(v);
        },
        set: (rt: Runtime, h, value) => {
          setCell(rt, h, value === 0 ? 0 : rt.newRef(value));
          return 0;
        },
      },
    },
  },
];
