/**
 * `list[int]`, `dict[str, int]` (Objects/genericaliasobject.c): the origin and the arguments. Attributes that are not
 * its own are the origin's.
 */
import { CompareOp, TPFLAGS, type TypeSpec } from '../heap/object';
import type { Handle } from '../heap/layout';
import { getAttr, getAttrString, hash, isStr, isTuple, reprText, richCompareBool } from './abstract';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { newTuple, tupleItems } from './tuple';
import { clearWeakrefs } from './weakref-list';

const ORIGIN = 2;
const ARGS = 3;
const WEAKLIST = 4;

/** Names that an alias answers itself. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  '__origin__',
  '__args__',
  '__parameters__',
  '__mro_entries__',
  '__class__',
]);

/** An argument as the repr shows it: types by their qualified name. */
function argumentText(rt: Runtime, h: Handle): string | null {
  if (h === rt.Ellipsis) return '...';
  if (rt.tp(h).flags >= 0) return reprText(rt, h);
  if (h === rt.types.NoneType.handle) return 'None';
  const name = getAttrString(rt, h, '__qualname__');
  const module = name === 0 ? 0 : getAttrString(rt, h, '__module__');
  let text: string | null = null;
  if (module !== 0 && isStr(rt, name)) {
    const prefix = isStr(rt, module) && strValue(rt, module) !== 'builtins' ? `${strValue(rt, module)}.` : '';
    text = prefix + strValue(rt, name);
  }
  rt.xdecref(name);
  rt.xdecref(module);
  return text;
}

function repr(rt: Runtime, h: Handle): Handle {
  const origin = argumentText(rt, rt.mem[h + ORIGIN]!);
  if (origin === null) return 0;
  const parts: string[] = [];
  for (const arg of tupleItems(rt, rt.mem[h + ARGS]!)) {
    const text = argumentText(rt, arg);
    if (text === null) return 0;
    parts.push(text);
  }
  return strFrom(rt, `${origin}[${parts.length === 0 ? '()' : parts.join(', ')}]`);
}

export const genericAliasSpecs: TypeSpec[] = [
  {
    name: 'types.GenericAlias',
    module: 'types',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 3,
    basicsize: 64,
    weaklistoffset: WEAKLIST,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.clearRef(h + ORIGIN);
        rt.heap.clearRef(h + ARGS);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        visit(rt.mem[h + ORIGIN]!, h + ORIGIN);
        visit(rt.mem[h + ARGS]!, h + ARGS);
      },
      tp_new(rt: Runtime, type, args, kwnames) {
        if (!noKeywords(rt, 'GenericAlias', kwnames) || !checkPositional(rt, 'GenericAlias', args.length, 2, 2))
          return 0;
        const h = allocInstance(rt, rt.slotsOfType(type));
        const [origin, item] = args as [Handle, Handle];
        rt.heap.set(h + ORIGIN, rt.newRef(origin));
        rt.heap.set(h + ARGS, isTuple(rt, item) ? rt.newRef(item) : newTuple(rt, [rt.newRef(item)]));
        return h;
      },
      tp_init: () => 0,
      tp_repr: repr,
      tp_call: (rt: Runtime, h, args, kwnames) => rt.call(rt.mem[h + ORIGIN]!, args, kwnames),
      tp_hash(rt: Runtime, h) {
        const a = hash(rt, rt.mem[h + ORIGIN]!);
        if (rt.currentException !== 0) return -1;
        const b = hash(rt, rt.mem[h + ARGS]!);
        return rt.currentException !== 0 ? -1 : a ^ b;
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !rt.is(b, rt.types['types.GenericAlias']))
          return rt.NotImplemented;
        let same = richCompareBool(rt, rt.mem[a + ORIGIN]!, rt.mem[b + ORIGIN]!, CompareOp.EQ);
        if (same === 1) same = richCompareBool(rt, rt.mem[a + ARGS]!, rt.mem[b + ARGS]!, CompareOp.EQ);
        return same < 0 ? 0 : rt.bool((same === 1) === (op === CompareOp.EQ));
      },
      tp_getattro(rt: Runtime, h, name) {
        const text = strValue(rt, name);
        if (
          OWN_NAMES.has(text) ||
          (text.startsWith('__') &&
            text.endsWith('__') &&
            text !== '__name__' &&
            text !== '__qualname__' &&
            text !== '__module__' &&
            text !== '__doc__')
        ) {
          return genericGetAttr(rt, h, name);
        }
        return getAttr(rt, rt.mem[h + ORIGIN]!, name);
      },
      nb_or: (rt: Runtime, a, b) => rt.unionOf(a, b),
    },
    methods: {
      __mro_entries__: { kind: 'o', fn: (rt: Runtime, h) => newTuple(rt, [rt.newRef(rt.mem[h + ORIGIN]!)]) },
    },
    getset: {
      __origin__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ORIGIN]!) },
      __args__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ARGS]!) },
      __parameters__: { get: (rt: Runtime) => rt.emptyTuple },
    },
  },
];
