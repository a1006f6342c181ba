/**
 * `_testinternalcapi` (Modules/_testinternalcapi.c): of CPython's windows into itself for its tests, those that show
 * something of a Python program and are known here.
 */
import { hasInlineValues } from '../objects/dict-values';
import { intFromNumber } from '../objects/int';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

export const testInternalModule: NativeModule = {
  name: '_testinternalcapi',
  methods: {
    has_inline_values: { kind: 'o', fn: (ip: Interpreter, _m, h) => ip.bool(hasInlineValues(ip, h)) },
    get_recursion_depth: { kind: 'noargs', fn: (ip: Interpreter) => intFromNumber(ip, ip.recursionDepth) },
  },
};
