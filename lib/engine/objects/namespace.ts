/** `types.SimpleNamespace` (Objects/namespaceobject.c): an object with attributes and a repr. */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { reprText } from './abstract';
import { dictItemsArray, dictSet, dictUpdate, newDict } from './dict';
import { checkPositional } from './getargs';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';

const NS_DICT = 2;

/** `_PyNamespace_New`: values stolen. */
export function newNamespace(rt: Runtime, values: Record<string, Handle>): Handle {
  const h = allocInstance(rt, rt.types['types.SimpleNamespace']);
  const dict = newDict(rt);
  rt.heap.set(h + NS_DICT, dict);
  for (const [name, value] of Object.entries(values)) {
    dictSet(rt, dict, rt.id(name), value);
    rt.decref(value);
  }
  return h;
}

export const namespaceSpecs: TypeSpec[] = [
  {
    name: 'types.SimpleNamespace',
    module: 'types',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 1,
    basicsize: 24,
    dictoffset: NS_DICT,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + NS_DICT);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + NS_DICT] !== 0) visit(rt.mem[h + NS_DICT]!, h + NS_DICT);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + NS_DICT),
      tp_new(rt: Runtime, type) {
        const h = allocInstance(rt, rt.slotsOfType(type));
        rt.heap.set(h + NS_DICT, newDict(rt));
        return h;
      },
      tp_init(rt: Runtime, h, args, kwnames) {
        const npos = args.length - (kwnames?.length ?? 0);
        if (!checkPositional(rt, 'SimpleNamespace', npos, 0, 1)) return -1;
        const dict = rt.mem[h + NS_DICT]!;
        if (npos === 1 && dictUpdate(rt, dict, args[0]!) < 0) return -1;
        for (const [i, name] of (kwnames ?? []).entries()) dictSet(rt, dict, name, args[npos + i]!);
        return 0;
      },
      tp_repr(rt: Runtime, h) {
        const name = rt.is(h, rt.types['types.SimpleNamespace']) ? 'namespace' : rt.tp(h).name;
        if (rt.reprEnter(h)) return strFrom(rt, `${name}(...)`);
        const parts: string[] = [];
        for (const [key, value] of dictItemsArray(rt, rt.mem[h + NS_DICT]!)) {
          const text = reprText(rt, value);
          if (text === null) {
            rt.reprLeave(h);
            return 0;
          }
          parts.push(`${strValue(rt, key)}=${text}`);
        }
        rt.reprLeave(h);
        return strFrom(rt, `${name}(${parts.join(', ')})`);
      },
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
    },
    getset: {
      __dict__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + NS_DICT]!) },
    },
  },
];
