/** The C half of `typing` (Modules/_typingmodule.c). */
import type { Handle } from '../heap/layout';
import type { NativeModule } from '../modules/define';
import { noDefault, typingType } from '../objects/typevar';

const TYPES = [
  'TypeVar',
  'TypeVarTuple',
  'ParamSpec',
  'ParamSpecArgs',
  'ParamSpecKwargs',
  'Generic',
  'TypeAliasType',
] as const;

export const typingModule: NativeModule = {
  name: '_typing',
  methods: { _idfunc: { kind: 'o', fn: (rt, _m, x) => rt.heap.newRef(x) } },
  values(ip) {
    const out: Record<string, Handle> = { NoDefault: noDefault(ip) };
    for (const name of TYPES) out[name] = ip.newRef(typingType(ip, name).handle);
    if (ip.facts.name !== '3.13') out.Union = ip.newRef(ip.types['typing.Union'].handle);
    return out;
  },
};
