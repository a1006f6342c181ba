/** The C modules for text, numbers and bytes. */
import type { NativeModule } from '../modules/define';
import { arrayModule } from './array';
import { binasciiModule } from './binascii';
import { jsonModule } from './_json';
import { stringModule } from './_string';
import { unicodedataModule } from './unicodedata';
import { cmathModule } from './cmath';
import { hashModules } from './hashes/index';
import { randomModule } from './_random';
import { structModule } from './_struct';
import { sreModule } from './sre/index';

export const textModules: readonly NativeModule[] = [
  sreModule,
  cmathModule,
  unicodedataModule,
  jsonModule,
  stringModule,
  binasciiModule,
  arrayModule,
  structModule,
  randomModule,
  ...hashModules,
];
