/** `_imp` (Python/import.c): what Lib/importlib asks of the interpreter. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getAttrString, isStr, typeName } from '../objects/abstract';
import { newBytes } from '../objects/bytes';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { strFrom, strValue } from '../objects/str';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';
import { copyBytes } from './io/support';

const none: MethodDef = { kind: 'fast', min: 0, max: -1, fn: (ip: Interpreter) => ip.None };
const no: MethodDef = { kind: 'o', fn: (ip: Interpreter) => ip.False };
const emptyList: MethodDef = { kind: 'noargs', fn: (ip: Interpreter) => newList(ip, []) };
const previous: MethodDef = { kind: 'o', fn: (ip: Interpreter) => intFromNumber(ip, 0) };

function noFrozen(ip: Interpreter, name: Handle | undefined): 0 {
  const shown = name !== undefined && isStr(ip, name) ? strValue(ip, name) : '?';
  return ip.raise('ImportError', `No such frozen object named ${shown}`);
}

/** SipHash's place: a check sum that tells sources apart. */
function sourceHash(data: Uint8Array): Uint8Array {
  let h = 0xcbf29ce484222325n;
  for (const b of data) h = BigInt.asUintN(64, (h ^ BigInt(b)) * 0x100000001b3n);
  return Uint8Array.from({ length: 8 }, (_, i) => Number((h >> BigInt(8 * i)) & 0xffn));
}

export const impModule: NativeModule = {
  name: '_imp',
  methods: {
    acquire_lock: none,
    release_lock: none,
    lock_held: { kind: 'noargs', fn: (ip: Interpreter) => ip.False },
    extension_suffixes: emptyList,
    is_builtin: {
      kind: 'o',
      fn: (ip: Interpreter, _m, name) => {
        if (!isStr(ip, name))
          return ip.raise('TypeError', `is_builtin() argument must be str, not ${typeName(ip, name)}`);
        return intFromNumber(ip, ip.isNativeModule(strValue(ip, name)) ? 1 : 0);
      },
    },
    create_builtin: {
      kind: 'o',
      fn: (ip: Interpreter, _m, spec) => {
        const name = getAttrString(ip, spec, 'name');
        if (name === 0) return 0;
        const text = strValue(ip, name);
        ip.decref(name);
        return ip.createNativeModule(text);
      },
    },
    exec_builtin: { kind: 'o', fn: (ip: Interpreter) => intFromNumber(ip, 0) },
    is_frozen: no,
    is_frozen_package: { kind: 'o', fn: (ip: Interpreter, _m, name) => noFrozen(ip, name) },
    find_frozen: { kind: 'keywords', fn: (ip: Interpreter) => ip.None },
    get_frozen_object: { kind: 'fast', min: 1, max: 2, fn: (ip: Interpreter, _m, [name]) => noFrozen(ip, name) },
    init_frozen: none,
    _frozen_module_names: emptyList,
    _override_frozen_modules_for_tests: none,
    _override_multi_interp_extensions_check: previous,
    _fix_co_filename: none,
    source_hash: {
      kind: 'clinic',
      params: 'key, source',
      fn: (ip: Interpreter, _m, [, source]) => {
        const data = copyBytes(ip, source!);
        return data === null ? 0 : newBytes(ip, sourceHash(data));
      },
    },
  },
  values: (ip) => ({
    check_hash_based_pycs: strFrom(ip, 'default'),
    // Not CPython's: its byte code in __pycache__ folders is not ours.
    pyc_magic_number_token: intFromNumber(ip, 0x0a0d4842),
  }),
};
