/** The module _weakref (Modules/_weakref.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { isDict, typeName } from '../objects/abstract';
import { dictDel, dictGet } from '../objects/dict';
import { isWeakref, newWeakref, weakrefTarget } from '../objects/weakref';
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

/** `_PyDict_DelItemIf`: takes an item out of a dict if its value is a dead reference. */
function removeDead(ip: Interpreter, _module: Handle, [dict, key]: Handle[]): Handle {
  if (!isDict(ip, dict!))
    return ip.raise('TypeError', `_remove_dead_weakref() argument 1 must be dict, not ${typeName(ip, dict!)}`);
  const value = dictGet(ip, dict!, key!);
  if (value === 0) return ip.currentException !== 0 ? 0 : ip.None;
  if (!isWeakref(ip, value)) return ip.raise('TypeError', 'not a weakref');
  if (weakrefTarget(ip, value) === 0 && dictDel(ip, dict!, key!) < 0) return 0;
  return ip.None;
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
  _remove_dead_weakref: { kind: 'fast', min: 2, max: 2, fn: removeDead },
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

export const weakrefModules: NativeModule[] = [
  {
    name: '_weakref',
    methods: METHODS,
    values: (ip) => {
      const ref = ip.types['weakref.ReferenceType'].handle;
      return {
        ref,
        ReferenceType: ref,
        ProxyType: ip.types['weakref.ProxyType'].handle,
        CallableProxyType: ip.types['weakref.CallableProxyType'].handle,
      };
    },
  },
];
