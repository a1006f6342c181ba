/**
 * What `sysconfig` asks of the build: nothing was built with a Makefile. Docstrings are there, those of Python's own code
 * and of many native functions (in words of our own).
 */
import { dictSet, newDict } from '../objects/dict';
import { intFromNumber } from '../objects/int';
import type { NativeModule } from '../modules/define';

export const sysconfigDataModules: readonly NativeModule[] = [
  '_sysconfigdata__linux_x86_64-linux-gnu',
  '_sysconfigdata__linux_',
].map((name) => ({
  name,
  methods: {},
  values(ip) {
    const vars = newDict(ip);
    dictSet(ip, vars, ip.id('WITH_DOC_STRINGS'), intFromNumber(ip, 1));
    return { build_time_vars: vars };
  },
}));
