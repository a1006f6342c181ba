/** The C modules that most of the standard library's Python files begin with. */
import type { NativeModule } from '../modules/define';
import { collectionsModule } from './collections/collections';
import { functoolsModule } from './functools/functools';
import { itertoolsModule } from './itertools/itertools';
import { operatorModule } from './operator/operator';

export const coreModules: readonly NativeModule[] = [
  collectionsModule,
  functoolsModule,
  itertoolsModule,
  operatorModule,
];
