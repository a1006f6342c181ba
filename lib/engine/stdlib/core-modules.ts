/** The C modules that most of the standard library's Python files begin with. */
import type { NativeModule } from '../modules/define';
import { abcModule } from './_abc';
import { bisectModule } from './_bisect';
import { heapqModule } from './_heapq';
import { queueModule } from './_queue';
import { collectionsModule } from './collections/collections';
import { functoolsModule } from './functools/functools';
import { itertoolsModule } from './itertools/itertools';
import { operatorModule } from './operator/operator';

export const coreModules: readonly NativeModule[] = [
  abcModule,
  bisectModule,
  heapqModule,
  queueModule,
  collectionsModule,
  functoolsModule,
  itertoolsModule,
  operatorModule,
];
