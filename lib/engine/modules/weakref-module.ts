/**
 * `_weakref` (Modules/_weakref.c) and the part of Lib/weakref.py that needs no Python classes.
 * DIFFERS: WeakValueDictionary, WeakSet, finalize and WeakMethod are not here yet.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { newWeakref } from '../objects/weakref';
import { newTuple } from '../objects/tuple';
import { WR_NEXT, weaklistWord } from '../objects/weakref-list';
import type { Interpreter } from '../vm/interpreter';
import type { NativeModule } from './define';

/** The live references to an object, borrowed. */
function referencesTo(ip: Interpreter, object: Handle): Handle[] {
  const out: Handle[] = [];
  const head = weaklistWord(ip, object);
  if (head === 0) return out;
  for (let ref = ip.mem[head]!; ref !== 0; ref = ip.mem[ref + WR_NEXT]!) if (ip.mem[ref]! > 0) out.push(ref);
  return out;
}

const METHODS: Record<string, MethodDef> = {
  getweakrefcount: { kind: 'o', fn: (ip: Interpreter, _m, x) => intFromNumber(ip, referencesTo(ip, x).length) },
  getweakrefs: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) =>
      newList(
        ip,
        referencesTo(ip, x).map((r) => ip.newRef(r)),
      ),
  },
  proxy: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [object, callback]) => {
      const callable = ip.tp(object!).tp_call !== null;
      return newWeakref(
        ip,
        ip.types[callable ? 'weakref.CallableProxyType' : 'weakref.ProxyType'],
        object!,
        callback ?? 0,
      );
    },
  },
};

function types(ip: Interpreter): Record<string, Handle> {
  const ref = ip.types['weakref.ReferenceType'].handle;
  return {
    ref,
    ReferenceType: ref,
    ProxyType: ip.types['weakref.ProxyType'].handle,
    CallableProxyType: ip.types['weakref.CallableProxyType'].handle,
  };
}

export const weakrefModules: NativeModule[] = [
  { name: '_weakref', methods: METHODS, values: types },
  {
    name: 'weakref',
    methods: METHODS,
    values: (ip) => {
      const t = types(ip);
      return { ...t, ProxyTypes: newTuple(ip, [t.ProxyType!, t.CallableProxyType!]) };
    },
  },
];
