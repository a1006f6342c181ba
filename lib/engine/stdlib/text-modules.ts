/** The C modules for text, numbers and bytes. */
import type { NativeModule } from '../modules/define';
import { arrayModule } from './array';
import { hashModules } from './hashes/index';
import { randomModule } from './_random';
import { structModule } from './_struct';
import { sreModule } from './sre/index';

export const textModules: readonly NativeModule[] = [
  sreModule,
  arrayModule,
  structModule,
  randomModule,
  ...hashModules,
];
