/** What `sysconfig` asks of the build: nothing was built with a Makefile. */
import { newDict } from '../objects/dict';
import type { NativeModule } from '../modules/define';

export const sysconfigDataModules: readonly NativeModule[] = [
  '_sysconfigdata__linux_x86_64-linux-gnu',
  '_sysconfigdata__linux_',
].map((name) => ({ name, methods: {}, values: (ip) => ({ build_time_vars: newDict(ip) }) }));
