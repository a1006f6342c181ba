/**
 * The modules of the standard library that CPython writes in C, for `import`. They are apart from the engine's core, so
 * that a page can fetch them when a cell first imports something.
 */
import type { NativeModule } from '../modules/define';
import { systemModules } from './system';
import { datetimeModule } from './_datetime';
import { testInternalModule } from './_testinternalcapi';
import { typingModule } from './_typing';
import { coreModules } from './core-modules';
import { astModule } from './ast/index';
import { opcodeModule } from './_opcode';
import { symtableModule } from './_symtable';
import { tokenizeModule } from './_tokenize';
import { tracemallocModule } from './_tracemalloc';
import { ctypesModule } from './ctypes';
import { networkModules } from './network';
import { textModules } from './text-modules';

export const standardModules: readonly NativeModule[] = [
  ...systemModules,
  typingModule,
  ...coreModules,
  astModule,
  opcodeModule,
  symtableModule,
  tokenizeModule,
  tracemallocModule,
  ctypesModule,
  ...networkModules,
  ...textModules,
  datetimeModule,
  testInternalModule,
];
