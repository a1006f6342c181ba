/** The C modules that most of the standard library's Python files begin with. */
import type { NativeModule } from '../modules/define';
import { collectionsModule } from './collections/collections';
import { itertoolsModule } from './itertools/itertools';

export const coreModules: readonly NativeModule[] = [collectionsModule, itertoolsModule];
