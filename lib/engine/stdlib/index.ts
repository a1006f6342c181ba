/**
 * The modules of the standard library that CPython writes in C, for `import`. They are apart from the engine's core, so
 * that a page can fetch them when a cell first imports something.
 */
import type { NativeModule } from '../modules/define';
import { astModule } from './ast/index';

export const standardModules: readonly NativeModule[] = [astModule];
