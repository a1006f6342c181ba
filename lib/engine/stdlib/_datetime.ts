/**
 * `_datetime` (Modules/_datetimemodule.c). DIFFERS: its classes are those of Lib/_pydatetime.py, which CPython has beside
 * its own in C.
 */
import type { Handle } from '../heap/layout';
import { getAttrString } from '../objects/abstract';
import { newCapsule } from '../objects/capsule';
import type { NativeModule } from '../modules/define';

const NAMES = ['date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC'];

export const datetimeModule: NativeModule = {
  name: '_datetime',
  methods: {},
  values(ip) {
    const module = ip.importModule(ip.id('_pydatetime'), 0, 0, 0);
    if (module === 0) return null;
    const values: Record<string, Handle> = {};
    for (const name of ['__doc__', ...NAMES]) values[name] = getAttrString(ip, module, name);
    ip.decref(module);
    values.datetime_CAPI = newCapsule(ip, 'datetime.datetime_CAPI');
    return ip.currentException === 0 ? values : null;
  },
};
